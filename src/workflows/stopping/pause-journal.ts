import { functionStreams } from '../../operation/history/streams.ts'
import { lastPause, type Pause, type PauseEntry } from '../../operation/triggers/pause.ts'
import type { Run, Target } from '../run/run.ts'
import { appendEntry } from './append-entry.ts'

/** The stream of a function's pauses, in the log group of the releases. */
function streamOf({ lambdaName }: Pick<Target, 'lambdaName'>): string {
  return functionStreams.pauses + lambdaName
}

/**
 * Reads the pause of a function's event source mappings that nobody has ended yet; undefined if there is none. One call.
 *
 * @throws LambdactlError AWS's error
 */
export async function readPause(
  { aws }: Run,
  target: Pick<Target, 'lambdaName'>,
): Promise<Pause | undefined> {
  return lastPause(await aws.journal.read(streamOf(target)))
}

/** @throws LambdactlError AWS's error */
export async function writePause(run: Run, target: Target, entry: PauseEntry): Promise<void> {
  await appendEntry(run, target, streamOf(target), entry)
}
