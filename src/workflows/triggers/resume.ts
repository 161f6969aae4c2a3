import { type Pause, planResume, type ResumePlan } from '../../operation/triggers/pause.ts'
import { whoActs } from '../run/keep-journal.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { readPause, writePause } from '../stopping/pause-journal.ts'
import { awaitSettled, changeEach, notAll } from './change-mapping.ts'
import { requireThere } from './list.ts'

/** The result of a resumption. */
export interface ResumeResult extends ResumePlan {
  function: string
  lambdaName: string
  /** `none-paused`: no pause is on record. */
  outcome: 'resumed' | 'none-paused'
  /** The pause that it ended. */
  pause?: Pause
  /** The disabled mappings that lambdactl has not paused, which stay as they are. */
  disabled: number
  /** The command that pauses them again, ready for a shell; absent if nothing was changed. */
  undo?: string
  /** True if nothing was changed. */
  dryRun: boolean
}

/**
 * Enables exactly the event source mappings that a pause disabled, and waits until they are. Those that somebody else
 * disabled stay so, and deleted ones are told. Running it again does what is left.
 *
 * @throws LambdactlError NOT_FOUND if there is no such function; UPDATE_FAILED if some could not be enabled
 */
export async function resumeTriggers(
  run: Run,
  target: Target,
  { dryRun }: { dryRun: boolean },
): Promise<ResumeResult> {
  const { lambdaName } = target
  const [, present, pause] = await Promise.all([
    requireThere(run, target),
    run.aws.triggers.mappings(lambdaName),
    readPause(run, target),
  ])
  const paused = pause?.mappings ?? []
  const plan = planResume(paused, present)
  const ours = new Set(paused.map(({ uuid }) => uuid))
  const disabled = present.filter(({ uuid, state }) => state === 'Disabled' && !ours.has(uuid)).length
  const found = { function: target.function, lambdaName, disabled, dryRun }
  if (!pause) return { ...found, ...plan, outcome: 'none-paused' }
  const undo = commandFor(target, 'triggers pause', `--reason 'TEXT'`)
  if (dryRun) return { ...found, ...plan, outcome: 'resumed', pause, undo }
  const { made, gone } = await enableAll(run, target, plan)
  return { ...found, outcome: 'resumed', pause, enable: made, on: plan.on, gone, undo }
}

async function enableAll(
  run: Run,
  target: Target,
  plan: ResumePlan,
): Promise<Pick<Enabled, 'made' | 'gone'>> {
  const changed = await changeEach(run, target, plan.enable, (uuid) => run.aws.triggers.enable(uuid, true))
  if (changed.failed.length > 0) {
    throw notAll('resumed', changed, [`Try again: ${commandFor(target, 'triggers resume')}`])
  }
  await writePause(run, target, { kind: 'resumed', ...(await whoActs(run, target)) })
  await awaitSettled(run, target, changed.made)
  return { made: changed.made, gone: [...plan.gone, ...changed.gone] }
}

type Enabled = Awaited<ReturnType<typeof changeEach>>
