import { asLambdactlError } from '../../errors/error.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/**
 * Writes an entry about a function to a stream of the journal.
 *
 * @throws LambdactlError AWS's error
 */
export async function appendEntry(
  run: Run,
  { function: name, environment, lambdaName, alias }: Target,
  stream: string,
  entry: { kind: string },
): Promise<void> {
  const time = run.clock.now()
  await run.aws.journal.append(stream, { time, function: name, environment, lambdaName, alias, ...entry })
}

/**
 * Does a part of the work on which the rest does not depend: if it fails there is a warning, and undefined.
 *
 * @param text the consequence of the failure, a sentence
 * @throws LambdactlError INTERRUPTED, BUG
 */
export async function orWarn<Result>(
  run: Run,
  target: Target,
  text: string,
  work: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work()
  } catch (error) {
    const { code, message } = asLambdactlError(error)
    if (code === 'INTERRUPTED' || code === 'BUG') throw error
    warn(run, target, `${text} ${message}`)
    return undefined
  }
}
