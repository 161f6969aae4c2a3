import type { LogEvents } from '../../ports/log-events.ts'
import { attempt } from '../answers/translate.ts'
import type { Connection } from '../client/connection.ts'
import { logsApi } from './api.ts'

/** Log events over the CloudWatch Logs API. */
export function cloudWatchLogEvents(connection: Connection): LogEvents {
  const api = logsApi(connection)
  return {
    async page({ group, since, until, pattern, next }) {
      const { client, FilterLogEventsCommand } = await api()
      const answer = await attempt(`read the log group ${group}`, () =>
        client.send(
          new FilterLogEventsCommand({
            logGroupName: group,
            startTime: since,
            // CloudWatch's end is inclusive.
            ...(until === undefined ? {} : { endTime: until - 1 }),
            ...(pattern === undefined ? {} : { filterPattern: pattern }),
            ...(next === undefined ? {} : { nextToken: next }),
          }),
        ),
      )
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
