import { asLambdactlError, isCode, LambdactlError } from '../../errors/error.ts'
import { counted } from '../../gates/comparison/words.ts'
import { type Before, merged, type Stop, stopWords } from '../../operation/concurrency/stop.ts'
import { ownerOf } from '../../release/values/owner.ts'
import { type Acting, whoActs } from '../run/keep-journal.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { waitUntil } from '../run/wait-until.ts'
import { warn } from '../run/warn.ts'
import { orWarn } from '../stopping/append-entry.ts'
import { readStop, writeStop } from '../stopping/stop-journal.ts'
import { provisionCommand, undoCommands } from './commands.ts'
import { readBefore } from './status.ts'

/** The result of a stop. */
export interface StopResult {
  function: string
  lambdaName: string
  /** `was-stopped`: it was stopped before; nothing was changed, and the record of that stop stays. */
  outcome: 'stopped' | 'was-stopped'
  /** The stop on record; absent if lambdactl has none, or could not write it. */
  stop?: Stop
  /** The concurrency that was there before; absent if nobody knows it. */
  before?: Before
  /** The commands that start the function again, ready for a shell; without the record one for each part. */
  undo: string[]
  /** True if nothing was changed. */
  dryRun: boolean
}

export interface StopOptions {
  /** For the people who find the function stopped. */
  reason: string
  /** Changes nothing. */
  dryRun: boolean
}

/**
 * Stops all invocations of a function: removes its provisioned concurrency, then reserves 0. Records who, why and the
 * present concurrency first, for `start`. A function of another tool is stopped too. Running it again does what is left.
 *
 * @throws LambdactlError AWS's error; a part may be done then
 */
export async function stopFunction(run: Run, target: Target, options: StopOptions): Promise<StopResult> {
  const { dryRun } = options
  const [present, known] = await Promise.all([readBefore(run, target), recordOf(run, target)])
  const named = { function: target.function, lambdaName: target.lambdaName, dryRun }
  const start = [commandFor(target, 'concurrency start')]
  const earlier = known === 'unread' ? undefined : known
  if (present.reserved === 0 && earlier?.isWhole !== false) {
    const undo = known ? start : undoCommands(target, { reserved: null, provisioned: [] })
    const record = earlier ? { stop: earlier, before: earlier.before } : {}
    return { ...named, outcome: 'was-stopped', ...record, undo }
  }
  if (earlier?.isWhole) tellForgotten(run, target, earlier, present)
  const before = earlier && !earlier.isWhole ? merged(earlier.before, present) : present
  if (dryRun) return { ...named, outcome: 'stopped', before, undo: start }
  const stop = await carryOut(run, target, present, { ...options, before })
  await warnOfOwner(run, target)
  const undo = stop ? start : undoCommands(target, before)
  return { ...named, outcome: 'stopped', ...(stop && { stop }), before, undo }
}

/** Somebody set another reservation in place of a start, so the environments of the earlier stop are on no record then. */
function tellForgotten(run: Run, target: Target, earlier: Stop, { provisioned }: Before): void {
  const there = new Set(provisioned.map(({ qualifier }) => qualifier))
  for (const { qualifier, amount } of earlier.before.provisioned.filter((one) => !there.has(one.qualifier))) {
    const text = `${target.lambdaName} was ${stopWords(earlier)}. That stop took away ${counted(amount, 'provisioned environment')} of ${qualifier}, which nobody has put back, and concurrency start will not. To do it after the start: ${provisionCommand(target, qualifier, amount)}`
    warn(run, target, text)
  }
}

/** @returns the stop as it is on record; undefined if that failed */
async function carryOut(
  run: Run,
  target: Target,
  present: Before,
  { reason, before }: StopOptions & { before: Before },
): Promise<Stop | undefined> {
  const acting = await whoActs(run, target)
  const since = run.clock.now()
  const isKept = await remember(run, target, { reason, before, ...acting })
  await takeAway(run, target, present).catch((error: unknown) => {
    throw isKept ? cutOff(target, error) : error
  })
  if (!isKept) return undefined
  await close(run, target, acting)
  return { since, reason, before, isWhole: true, ...acting }
}

/** A stop that is on record is known to the next one and to `start`, wherever it was cut off. */
function cutOff(target: Target, error: unknown): LambdactlError {
  const { code, message, brief, cause } = asLambdactlError(error)
  const next = [
    `To finish the stop: ${commandFor(target, 'concurrency stop', "--reason 'TEXT'")}`,
    `To put back what it has taken away: ${commandFor(target, 'concurrency start')}`,
  ]
  return new LambdactlError(code, message, { next, brief, cause })
}

/** A stop does not wait for the record of an earlier one. */
async function recordOf(run: Run, target: Target): Promise<Stop | 'unread' | undefined> {
  const text = "An earlier stop may be on record, which can't be read."
  const read = async () => ({ stop: await readStop(run, target) })
  const found = await orWarn(run, target, text, read)
  return found ? found.stop : 'unread'
}

/** @returns whether `start` will know what was there */
async function remember(
  run: Run,
  target: Target,
  stop: Pick<Stop, 'reason' | 'before'> & Acting,
): Promise<boolean> {
  const text =
    "The stop goes on, but it is not on record: others don't learn who made it and why, and concurrency start does not know what was there."
  const kept = await orWarn(run, target, text, async () => {
    await writeStop(run, target, { kind: 'stopping', ...stop })
    return true
  })
  return kept === true
}

async function takeAway({ aws, clock }: Run, target: Target, { provisioned }: Before): Promise<void> {
  const { killSwitch } = aws
  const { lambdaName } = target
  await Promise.all(provisioned.map(({ qualifier }) => killSwitch.unprovision(lambdaName, qualifier)))
  await waitUntil(clock, `Lambda to remove the environments of ${lambdaName}`, removal, async () => {
    try {
      await killSwitch.reserve(lambdaName, 0)
      return true
    } catch (error) {
      if (provisioned.length > 0 && isStillProvisioned(error)) return undefined
      throw error
    }
  })
}

/** Lambda may count environments for a moment after their removal. */
const removal = { deadlineMs: 60_000, firstPauseMs: 200, longestPauseMs: 2000 }

function isStillProvisioned(error: unknown): boolean {
  return isCode(error, 'AWS_REFUSED') && error.message.includes('total provisioned concurrency')
}

/** The stop's first entry has all that `start` needs. */
async function close(run: Run, target: Target, acting: Acting): Promise<void> {
  await writeStop(run, target, { kind: 'stopped', ...acting }).catch((error: unknown) =>
    warn(run, target, `The end of the stop is not on record. ${asLambdactlError(error).message}`),
  )
}

/** The other tool's next run sets its own reservation. */
async function warnOfOwner(run: Run, target: Target): Promise<void> {
  if (!target.codeOnly) return
  const found = await run.aws.functions.get(target.lambdaName).catch(() => undefined)
  const owner = ownerOf(found?.tags) ?? 'the tool that makes it'
  const text = `the concurrency of ${target.lambdaName} belongs to ${owner}, whose next run may start the function again: hold it until you run concurrency start`
  warn(run, target, text)
}
