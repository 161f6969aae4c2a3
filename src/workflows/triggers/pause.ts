import { joined, type Pause, type PausedMapping, toPause } from '../../operation/triggers/pause.ts'
import type { FunctionState } from '../../ports/functions.ts'
import { ownerIn } from '../release-only/owner-in.ts'
import { whoActs } from '../run/keep-journal.ts'
import { awsCommand, commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { undoSteps } from '../run/with-undo.ts'
import { orWarn } from '../stopping/append-entry.ts'
import { readPause, writePause } from '../stopping/pause-journal.ts'
import { awaitSettled, type Changed, changeEach, notAll } from './change-mapping.ts'
import { requireThere } from './list.ts'

/** The result of a pause. */
export interface PauseResult {
  function: string
  lambdaName: string
  /** `was-paused`: those of the pause on record are all disabled; `none-enabled`: nothing is enabled, or on record. */
  outcome: 'paused' | 'was-paused' | 'none-enabled'
  /** The pause on record; absent if lambdactl has none, or could not write it. */
  pause?: Pause
  /** The mappings that were disabled now, or would be. */
  paused: readonly PausedMapping[]
  /** The commands that enable them again, ready for a shell; without the record one for each. */
  undo: string[]
  /** True if nothing was changed. */
  dryRun: boolean
}

export interface PauseOptions {
  /** For the people who find the mappings paused. */
  reason: string
  /** Changes nothing. */
  dryRun: boolean
}

/**
 * Disables all enabled event source mappings of a function, its aliases and its versions, and records who, why and which
 * ones first, for the resumption. Those of another tool's function are disabled too. A second pause disables those that
 * somebody enabled meanwhile, and adds them to the record of the first.
 *
 * @throws LambdactlError NOT_FOUND if there is no such function; UPDATE_FAILED if some could not be disabled
 */
export async function pauseTriggers(run: Run, target: Target, options: PauseOptions): Promise<PauseResult> {
  const [latest, mappings, known] = await Promise.all([
    requireThere(run, target),
    run.aws.triggers.mappings(target.lambdaName),
    orWarn(run, target, "An earlier pause may be on record, which can't be read.", () =>
      readPause(run, target),
    ),
  ])
  const { enabled, moving } = toPause(mappings)
  const { dryRun } = options
  const named = { function: target.function, lambdaName: target.lambdaName, dryRun }
  const resume = [commandFor(target, 'triggers resume')]
  if (enabled.length + moving.length === 0 && known?.isWhole !== false) {
    const outcome = known ? 'was-paused' : 'none-enabled'
    return { ...named, outcome, ...(known && { pause: known }), paused: [], undo: known ? resume : [] }
  }
  if (dryRun)
    return {
      ...named,
      outcome: 'paused',
      ...(known && { pause: known }),
      paused: joined(enabled, moving),
      undo: resume,
    }
  const made = await carryOut(run, target, { enabled, moving, known, reason: options.reason })
  warnOfOwner(run, target, latest)
  const undo = undoOf(target, made.paused, made.pause !== undefined)
  return { ...named, outcome: 'paused', ...made, undo }
}

interface Work {
  enabled: readonly PausedMapping[]
  moving: readonly PausedMapping[]
  known: Pause | undefined
  reason: string
}

/** Those that Lambda is changing come last: nothing waits for them. */
async function carryOut(
  run: Run,
  target: Target,
  { enabled, moving, known, reason }: Work,
): Promise<Pick<PauseResult, 'paused' | 'pause'>> {
  const acting = await whoActs(run, target)
  const since = run.clock.now()
  const disable = async (mappings: readonly PausedMapping[]) => {
    const isKept = mappings.length === 0 || (await remember(run, target, { reason, mappings, ...acting }))
    const change = (uuid: string) => run.aws.triggers.enable(uuid, false)
    return { isKept, ...(await changeEach(run, target, mappings, change)) }
  }
  const first = await disable(enabled)
  const late = moving.length === 0 ? undefined : await disable(await settled(run, target, moving))
  const changed: Changed = {
    made: [...first.made, ...(late?.made ?? [])],
    gone: [...first.gone, ...(late?.gone ?? [])],
    failed: [...first.failed, ...(late?.failed ?? [])],
  }
  const isKept = first.isKept && late?.isKept !== false
  if (changed.failed.length > 0) throw notPaused(target, changed, isKept)
  await awaitSettled(run, target, changed.made)
  if (!isKept) return { paused: changed.made }
  await orWarn(run, target, 'The end of the pause is not on record.', () =>
    writePause(run, target, { kind: 'paused', ...acting }),
  )
  const begun = known ?? { since, reason, ...acting, mappings: [] }
  const mappings = joined(begun.mappings, changed.made)
  return { paused: changed.made, pause: { ...begun, mappings, isWhole: true } }
}

/** @returns those that are enabled now */
async function settled(
  run: Run,
  target: Target,
  moving: readonly PausedMapping[],
): Promise<readonly PausedMapping[]> {
  await awaitSettled(run, target, moving)
  const ids = new Set(moving.map(({ uuid }) => uuid))
  return toPause(await run.aws.triggers.mappings(target.lambdaName)).enabled.filter(({ uuid }) =>
    ids.has(uuid),
  )
}

/** @returns whether `resume` will know what was enabled */
async function remember(
  run: Run,
  target: Target,
  pause: Pick<Pause, 'reason' | 'mappings' | 'by' | 'actor'>,
): Promise<boolean> {
  const text =
    "The pause goes on, but it is not on record: others don't learn who made it and why, and triggers resume does not know what was enabled."
  const kept = await orWarn(run, target, text, async () => {
    await writePause(run, target, { kind: 'pausing', ...pause })
    return true
  })
  return kept === true
}

function notPaused(target: Target, changed: Changed, isKept: boolean) {
  const undo = changed.made.length === 0 ? [] : undoOf(target, changed.made, isKept)
  return notAll('paused', changed, [
    `Try again, which keeps what is on record: ${commandFor(target, 'triggers pause', `--reason 'TEXT'`)}`,
    `To stop the function whatever invokes it: ${commandFor(target, 'concurrency stop', `--reason 'TEXT'`)}`,
    ...undoSteps(undo),
  ])
}

/** One command if the record tells which mappings were enabled, else one for each. */
function undoOf(target: Target, paused: readonly PausedMapping[], isKept: boolean): string[] {
  if (isKept) return [commandFor(target, 'triggers resume')]
  return paused.map(({ uuid }) =>
    awsCommand(target, 'lambda update-event-source-mapping', ['--uuid', uuid, '--enabled']),
  )
}

/** The other tool's next run may set its own state. */
function warnOfOwner(run: Run, target: Target, latest: FunctionState): void {
  const { owner } = ownerIn(target, latest)
  if (owner === undefined) return
  const text = `the event source mappings of ${target.lambdaName} may belong to ${owner}, whose next run may enable them again: hold it until you run triggers resume`
  warn(run, target, text)
}
