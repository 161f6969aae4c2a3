import { isCode, LambdactlError } from '../../errors/error.ts'
import type { InsightsQuery, InsightsRow, InsightsState } from '../../ports/logs/insights.ts'
import type { Run, Target } from '../run/run.ts'
import { invokeFirst, noFunction, nothingLogged } from './absent/nothing-there.ts'

export interface QueryResult {
  /** In the order in which the rows have them first. */
  columns: string[]
  rows: InsightsRow[]
  /** Log events. */
  scanned: number
  /** Log events. */
  matched: number
  bytes: number
}

/** The time span of a query, milliseconds since the epoch, and the most rows. */
export type QuerySpan = Pick<InsightsQuery, 'since' | 'until' | 'limit'>

type Querying = Pick<Run, 'aws' | 'clock' | 'signal'>

/** Pauses between two looks at the results, milliseconds; they double. */
const firstPauseMs = 250
const longestPauseMs = 2000

/**
 * Runs a query of Logs Insights over the log group of a function. A query that is under way is stopped when the user
 * ends the command, and after a failure: it costs money.
 *
 * @param tell is called with the state at each look
 * @throws LambdactlError NOT_FOUND if the function or its group does not exist; AWS_REFUSED for a wrong query;
 * INTERRUPTED
 */
export async function queryLogs(
  run: Querying,
  target: Target,
  query: QuerySpan & Pick<InsightsQuery, 'query'>,
  tell: (state: InsightsState) => void,
): Promise<QueryResult> {
  const { insights, functions } = run.aws
  const state = await functions.get(target.lambdaName)
  if (!state) throw noFunction(target, 'query logs of')
  const groups = [state.logGroup]
  const id = await insights.start({ ...query, groups }).catch((error: unknown) => {
    throw isCode(error, 'NOT_FOUND') ? nothingLogged(groups, [target.lambdaName], invokeFirst(target)) : error
  })
  let hasEnded = false
  try {
    const { status, ...result } = await ended(run, id, tell)
    hasEnded = true
    if (status !== 'complete') throw unfinished(status)
    return { ...result, columns: [...new Set(result.rows.flatMap((row) => Object.keys(row)))] }
  } finally {
    // Whatever ended the command is what a person has to know.
    if (!hasEnded) await insights.stop(id).catch(() => undefined)
  }
}

async function ended(
  { aws, clock, signal }: Querying,
  id: string,
  tell: (state: InsightsState) => void,
): Promise<InsightsState> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    if (signal.aborted) throw interrupted()
    const state = await aws.insights.state(id)
    if (state.status !== 'running') return state
    tell(state)
    await clock.sleep(pauseMs, signal)
  }
}

function interrupted(): LambdactlError {
  return new LambdactlError('INTERRUPTED', 'Interrupted: the query was stopped.', {
    next: ['Run the command again; a shorter --since takes less time.'],
  })
}

function unfinished(status: InsightsState['status']): LambdactlError {
  const how = { timeout: 'took too long for CloudWatch', cancelled: 'was stopped by somebody else' }
  const what = status === 'timeout' || status === 'cancelled' ? how[status] : 'failed in CloudWatch'
  return new LambdactlError('AWS_UNAVAILABLE', `The query ${what}.`, {
    next: ['Run the command again, with a shorter --since if it took long.'],
  })
}
