import { asLambdactlError } from '../../errors/error.ts'
import { type Pause, pauseWords, planResume } from '../../operation/triggers/pause.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { readPause } from './pause-journal.ts'

/** Event source mappings that a pause has disabled, and the next step, one sentence each. */
export interface Paused {
  summary: string
  next: string
  pause: Pause
}

/**
 * Describes the paused mappings of a function and its alias: by whom, since when and why. Undefined if none is disabled,
 * or lambdactl has no pause on record. The journal is read only for a function with disabled mappings.
 *
 * @throws LambdactlError AWS's error
 */
export async function pausedOf(run: Run, target: Target): Promise<Paused | undefined> {
  const { lambdaName, alias } = target
  const mappings = await run.aws.triggers.mappings(lambdaName, [undefined, alias])
  if (!mappings.some(({ state }) => state === 'Disabled')) return undefined
  const pause = await readPause(run, target)
  if (!pause) return undefined
  // A pause takes the mappings of other aliases and of versions too.
  const still = planResume(pause.mappings, await run.aws.triggers.mappings(lambdaName)).enable.length
  if (still === 0) return undefined
  const what = still === 1 ? '1 event source mapping is' : `${still} event source mappings are`
  const next = `To resume: ${commandFor(target, 'triggers resume')}`
  return { summary: `${what} ${pauseWords(pause)}`, next, pause }
}

/** Finds them for a message: undefined if they can't be read, with a warning. */
export async function findPaused(run: Run, target: Target): Promise<Paused | undefined> {
  try {
    return await pausedOf(run, target)
  } catch (error) {
    const { code, message } = asLambdactlError(error)
    if (code === 'INTERRUPTED' || code === 'BUG') throw error
    warn(run, target, `Paused event source mappings are unknown. ${message}`)
    return undefined
  }
}
