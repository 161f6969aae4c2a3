import { asLambdactlError } from '../../errors/error.ts'
import { lastStop, type Stop, type StopEntry } from '../../operation/concurrency/stop.ts'
import { functionStreams } from '../../operation/history/streams.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'
import { appendEntry } from './append-entry.ts'

/** The stream of a function's stops, in the log group of the releases. */
function streamOf({ lambdaName }: Pick<Target, 'lambdaName'>): string {
  return functionStreams.stops + lambdaName
}

/**
 * Reads the stop of a function that nobody has ended yet; undefined if lambdactl has none on record. One call.
 *
 * @throws LambdactlError AWS's error
 */
export async function readStop({ aws }: Run, target: Pick<Target, 'lambdaName'>): Promise<Stop | undefined> {
  return lastStop(await aws.journal.read(streamOf(target)))
}

/** Reads it for a message: `unread` if it can't be read, with a warning. */
export async function findStop(run: Run, target: Target): Promise<Stop | 'unread' | undefined> {
  try {
    return await readStop(run, target)
  } catch (error) {
    const { code, message } = asLambdactlError(error)
    if (code === 'INTERRUPTED' || code === 'BUG') throw error
    warn(run, target, `Nobody can tell now who stopped ${target.lambdaName}. ${message}`)
    return 'unread'
  }
}

/** @throws LambdactlError AWS's error */
export async function writeStop(run: Run, target: Target, entry: StopEntry): Promise<void> {
  await appendEntry(run, target, streamOf(target), entry)
}
