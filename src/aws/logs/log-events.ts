import type { LogEvents } from '../../ports/log-events.ts'
import type { LogsApi } from './api.ts'

/** Log events over the CloudWatch Logs API. */
export function cloudWatchLogEvents(api: LogsApi): LogEvents {
  return {
    async page({ group, since, until, pattern, next }) {
      const { call, sdk } = await api()
      const command = new sdk.FilterLogEventsCommand({
        logGroupName: group,
        startTime: since,
        // CloudWatch's end is inclusive.
        ...(until === undefined ? {} : { endTime: until - 1 }),
        ...(pattern === undefined ? {} : { filterPattern: pattern }),
        ...(next === undefined ? {} : { nextToken: next }),
      })
      const answer = await call(`read the log group ${group}`, command)
      const events = (answer.events ?? []).map((event) => ({
        id: event.eventId ?? '',
        group,
        stream: event.logStreamName ?? '',
        timestamp: event.timestamp ?? 0,
        ingested: event.ingestionTime ?? 0,
        message: event.message ?? '',
      }))
      return { events, next: answer.nextToken }
    },
  }
}
