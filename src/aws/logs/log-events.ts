import type { LogEvents } from '../../ports/logs/log-events.ts'
import type { TokenBucket } from '../client/token-bucket.ts'
import type { LogsApi } from './api.ts'
import { eventTime } from './event-time.ts'

/** Log events over the CloudWatch Logs API, within the account's quota of reads. */
export function cloudWatchLogEvents(api: LogsApi, quota: TokenBucket): LogEvents {
  return {
    async page({ group, since, until, pattern, next }) {
      const { call, sdk } = await api()
      await quota.take()
      const command = new sdk.FilterLogEventsCommand({
        logGroupName: group,
        // CloudWatch takes whole milliseconds, and AWS's time as it was learned has fractions.
        startTime: Math.floor(since),
        // Its end is inclusive.
        ...(until === undefined ? {} : { endTime: Math.ceil(until) - 1 }),
        ...(pattern === undefined ? {} : { filterPattern: pattern }),
        ...(next === undefined ? {} : { nextToken: next }),
      })
      const answer = await call(`read the log group ${group}`, command)
      const events = (answer.events ?? []).map((event) => ({
        id: event.eventId ?? '',
        group,
        stream: event.logStreamName ?? '',
        timestamp: eventTime(event.timestamp),
        ingested: eventTime(event.ingestionTime),
        message: event.message ?? '',
      }))
      return { events, next: answer.nextToken }
    },
  }
}
