import type { GetQueryResultsResponse, ResultField } from '@aws-sdk/client-cloudwatch-logs'
import type { Insights, InsightsRow, InsightsState } from '../../ports/logs/insights.ts'
import type { LogsApi } from './api.ts'

/** Logs Insights over the CloudWatch Logs API. */
export function cloudWatchInsights(api: LogsApi): Insights {
  return {
    async start({ groups, query, since, until, limit }) {
      const { call, sdk } = await api()
      const command = new sdk.StartQueryCommand({
        logGroupNames: [...groups],
        queryString: query,
        // Seconds, both inclusive.
        startTime: Math.floor(since / 1000),
        endTime: Math.ceil(until / 1000),
        limit,
      })
      const { queryId = '' } = await call(`query ${groups.join(', ')}`, command)
      return queryId
    },
    async state(queryId) {
      const { call, sdk } = await api()
      const command = new sdk.GetQueryResultsCommand({ queryId })
      return stateOf(await call('read the results of the query', command))
    },
    async stop(queryId) {
      const { call, sdk } = await api()
      await call('stop the query', new sdk.StopQueryCommand({ queryId }))
    },
  }
}

const statuses: Readonly<Record<string, InsightsState['status']>> = {
  Complete: 'complete',
  Failed: 'failed',
  Cancelled: 'cancelled',
  Timeout: 'timeout',
}

function stateOf({
  status = 'Unknown',
  results = [],
  statistics = {},
}: GetQueryResultsResponse): InsightsState {
  return {
    status: statuses[status] ?? 'running',
    rows: results.map(rowOf),
    scanned: statistics.recordsScanned ?? 0,
    matched: statistics.recordsMatched ?? 0,
    bytes: statistics.bytesScanned ?? 0,
  }
}

/** Without the pointer to the event, which means nothing to a person. */
function rowOf(fields: readonly ResultField[]): InsightsRow {
  return Object.fromEntries(
    fields.filter(({ field }) => field !== '@ptr').map(({ field = '', value = '' }) => [field, value]),
  )
}
