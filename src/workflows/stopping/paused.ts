import { LambdactlError } from '../../errors/error.ts'
import { type Pause, pauseWords, planResume } from '../../operation/triggers/pause.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { orFailure } from '../run/unread.ts'
import { readPause } from './pause-journal.ts'

/** Event source mappings that a pause has disabled, and the next step, one sentence each. */
export interface Paused {
  summary: string
  next: string
  pause: Pause
}

/**
 * Describes the paused mappings of a function: by whom, since when and why. Undefined if lambdactl has no pause on record,
 * or none of its mappings is disabled any more. The mappings are read only after a pause.
 *
 * @throws LambdactlError AWS's error
 */
export async function pausedOf(run: Run, target: Target): Promise<Paused | undefined> {
  const pause = await readPause(run, target)
  if (!pause) return undefined
  // A pause takes the mappings of other aliases and of versions too.
  const still = planResume(pause.mappings, await run.aws.triggers.mappings(target.lambdaName)).enable.length
  if (still === 0) return undefined
  const what = still === 1 ? '1 event source mapping is' : `${still} event source mappings are`
  const next = `To resume: ${commandFor(target, 'triggers resume')}`
  return { summary: `${what} ${pauseWords(pause)}`, next, pause }
}

/** Finds them for a status, which shows the rest if the journal can't be read: then there is a reason. */
export async function findPaused(
  run: Run,
  target: Target,
): Promise<{ paused?: Paused; pausedUnknown?: string }> {
  const paused = await orFailure(() => pausedOf(run, target))
  if (paused instanceof LambdactlError) return { pausedUnknown: paused.message }
  return paused ? { paused } : {}
}
