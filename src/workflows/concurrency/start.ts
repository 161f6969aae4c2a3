import { asLambdactlError, isCode, LambdactlError } from '../../errors/error.ts'
import { counted } from '../../gates/comparison/words.ts'
import { planStart, type StartPlan } from '../../operation/concurrency/start-plan.ts'
import { type Kept, type Stop, stopWords } from '../../operation/concurrency/stop.ts'
import type { ProvisionedConcurrency } from '../../ports/concurrency.ts'
import { awaitProvisioned } from '../provisioned/await-provisioned.ts'
import { whoActs } from '../run/keep-journal.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { readStop, writeStop } from '../stopping/stop-journal.ts'
import { startAgain } from '../stopping/stopped.ts'
import { provisionCommand, reserveCommand } from './commands.ts'
import { explainLimit } from './explain-limit.ts'
import { readBefore } from './status.ts'

/** The result of a start. */
export interface StartResult {
  function: string
  lambdaName: string
  /** `was-running`: no stop is on record, and the function accepts invocations. */
  outcome: 'started' | 'was-running'
  /** The stop that it ended. */
  stop?: Stop
  /** The changes that were made, or would be. */
  made: Pick<StartPlan, 'reserve' | 'provision'>
  /** The command that stops the function again, ready for a shell; absent if nothing was changed. */
  undo?: string
  /** True if nothing was changed. */
  dryRun: boolean
}

export interface StartOptions {
  /** Changes nothing. */
  dryRun: boolean
  /** Called at each look with the number of ready environments. */
  onProgress: (progress: ProvisionedConcurrency) => void
}

/**
 * Starts a stopped function: gives it exactly the reserved and provisioned concurrency that it had, and waits until the
 * environments are READY. Running it again does what is left.
 *
 * @throws LambdactlError NOT_FOUND if it is stopped and no stop is on record; CONFLICT if somebody else changed its
 * reservation since; UPDATE_FAILED if environments could not be given back
 */
export async function startFunction(run: Run, target: Target, options: StartOptions): Promise<StartResult> {
  const [present, stop] = await Promise.all([readBefore(run, target), readStop(run, target)])
  const { dryRun } = options
  const named = { function: target.function, lambdaName: target.lambdaName, dryRun }
  if (!stop) {
    if (present.reserved === 0) throw notOnRecord(target)
    return { ...named, outcome: 'was-running', made: { provision: [] } }
  }
  const plan = planStart(stop.before, present)
  if ('changedTo' in plan) throw changedMeanwhile(target, stop, plan.changedTo)
  const { other, ...made } = plan
  tellOther(run, target, other)
  const undo = commandFor(target, 'concurrency stop', `--reason 'TEXT'`)
  if (!dryRun) await putBack(run, target, made, options)
  return { ...named, outcome: 'started', stop, made, undo }
}

/** The reservation comes first, since it bounds the environments; with it, invocations succeed. */
async function putBack(
  run: Run,
  target: Target,
  { reserve, provision }: StartResult['made'],
  { onProgress }: StartOptions,
): Promise<void> {
  const { killSwitch } = run.aws
  if (reserve !== undefined) {
    const set =
      reserve === null
        ? killSwitch.unreserve(target.lambdaName)
        : killSwitch.reserve(target.lambdaName, reserve)
    await set.catch((error: unknown) => {
      throw explainLimit(target, error)
    })
  }
  const { given, failed } = await provisionAll(run, target, provision)
  if (failed.length > 0) throw notAllBack(target, failed)
  await writeStop(run, target, { kind: 'started', ...(await whoActs(run, target)) })
  for (const { qualifier } of given) await awaitProvisioned(run, target, qualifier, onProgress)
}

interface Failed extends Kept {
  why: string
}

/** A version that was deleted meanwhile needs no environments. */
async function provisionAll(
  run: Run,
  target: Target,
  provision: readonly Kept[],
): Promise<{ given: Kept[]; failed: Failed[] }> {
  const given: Kept[] = []
  const failed: Failed[] = []
  for (const { qualifier, amount } of provision) {
    try {
      await run.aws.killSwitch.provision(target.lambdaName, qualifier, amount)
      given.push({ qualifier, amount })
    } catch (error) {
      if (isCode(error, 'NOT_FOUND'))
        warn(
          run,
          target,
          `${qualifier} does not exist any more, so it does not get its ${counted(amount, 'environment')} back`,
        )
      else failed.push({ qualifier, amount, why: asLambdactlError(error).message })
    }
  }
  return { given, failed }
}

function tellOther(run: Run, target: Target, other: StartPlan['other']): void {
  for (const { qualifier, amount, now } of other) {
    const text = `${qualifier} had ${counted(amount, 'provisioned environment')} before the stop, and has ${now} now: somebody else changed that, so it stays. To set it as before: ${provisionCommand(target, qualifier, amount)}`
    warn(run, target, text)
  }
}

function notOnRecord(target: Target): LambdactlError {
  return new LambdactlError(
    'NOT_FOUND',
    `${target.lambdaName} is stopped, and lambdactl has no stop of it on record: nobody knows the concurrency that it had.`,
    {
      next: [
        startAgain(target, undefined),
        'A stop that was just made on another machine may take some seconds to be readable: run the command again.',
      ],
    },
  )
}

function changedMeanwhile(target: Target, { before, ...stop }: Stop, changedTo: number | null) {
  const did =
    changedTo === null
      ? 'somebody else has removed its reservation since'
      : `somebody else has given it a reserved concurrency of ${changedTo} since`
  return new LambdactlError(
    'CONFLICT',
    `${target.lambdaName} was ${stopWords({ before, ...stop })}, but ${did}; it was not changed.`,
    {
      next: [
        `To put back what was there before the stop: ${reserveCommand(target, before.reserved)} && ${commandFor(target, 'concurrency start')}`,
        `To leave it as it is, see it first: ${commandFor(target, 'concurrency show')}`,
      ],
    },
  )
}

function notAllBack(target: Target, failed: readonly Failed[]): LambdactlError {
  const what = failed.map(({ qualifier, amount, why }) => `${amount} of ${qualifier} (${why})`).join('; ')
  return new LambdactlError(
    'UPDATE_FAILED',
    `${target.lambdaName} accepts invocations again, but not all provisioned environments are back: ${what}`,
    {
      next: [
        `Try again: ${commandFor(target, 'concurrency start')}`,
        ...failed.map(
          ({ qualifier, amount }) => `Or give them by hand: ${provisionCommand(target, qualifier, amount)}`,
        ),
      ],
    },
  )
}
