import { asLambdactlError, isEndedCall } from '../../errors/error.ts'
import type { NewOperation } from '../../operation/history/operation-entry.ts'
import { functionStreams } from '../../operation/history/streams.ts'
import { whoActs } from '../run/keep-journal.ts'
import type { Run, Target } from '../run/run.ts'
import { warn } from '../run/warn.ts'

/**
 * Puts an operation on a function on record, for `history`. If that fails there is a warning: it never stops the
 * operation.
 *
 * @returns the time of the entry, milliseconds since the epoch; undefined if it is not on record
 * @throws LambdactlError BUG
 */
export async function keepOperation(
  run: Run,
  target: Target,
  operation: NewOperation,
): Promise<number | undefined> {
  const { function: name, environment, lambdaName, alias } = target
  const time = run.clock.now()
  const append = async () => {
    const entry = { time, function: name, environment, lambdaName, alias, ...operation }
    await run.aws.journal.append(functionStreams.operations + lambdaName, {
      ...entry,
      ...(await whoActs(run, target)),
    })
  }
  try {
    // An interrupt ends the calls under way, but earlier changes have to be on record.
    await append().catch((error: unknown) => {
      if (!isEndedCall(error)) throw error
      return append()
    })
    return time
  } catch (error) {
    const { code, message } = asLambdactlError(error)
    if (code === 'BUG') throw error
    warn(run, target, `${lambdaName}: history will not show this. ${message}`)
    return undefined
  }
}
