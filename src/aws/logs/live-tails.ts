import type { LiveTailSessionUpdate, StartLiveTailResponseStream } from '@aws-sdk/client-cloudwatch-logs'
import type { LiveTails, LiveUpdate } from '../../ports/logs/live-tails.ts'
import { translate } from '../answers/translate.ts'
import type { LogsApi } from './api.ts'
import { eventTime } from './event-time.ts'

/** Live Tail over the CloudWatch Logs API. */
export function cloudWatchLiveTails(api: LogsApi): LiveTails {
  return {
    async start({ groups: wanted, pattern }, signal) {
      const { call, sdk } = await api()
      const arns = await Promise.all(wanted.map((group) => arnOf(api, group, signal)))
      const groups = wanted.filter((_, index) => arns[index] !== undefined)
      if (groups.length === 0) return { groups, updates: updates([], signal, '') }
      const named = `Live Tail of ${groups.join(', ')}`
      const command = new sdk.StartLiveTailCommand({
        logGroupIdentifiers: arns.filter((arn) => arn !== undefined),
        ...(pattern === undefined ? {} : { logEventFilterPattern: pattern }),
      })
      const { responseStream } = await call(`start ${named}`, command, signal)
      return { groups, updates: updates(responseStream ?? [], signal, `go on with ${named}`) }
    },
  }
}

/** A group's ARN, without which Live Tail can't name it; undefined if there is no such group. */
async function arnOf(api: LogsApi, group: string, signal: AbortSignal): Promise<string | undefined> {
  const { call, sdk } = await api()
  // A group sorts before all others that begin with its name, so it is on the first page.
  const command = new sdk.DescribeLogGroupsCommand({ logGroupNamePrefix: group })
  const { logGroups = [] } = await call(`find the log group ${group} for Live Tail`, command, signal)
  const found = logGroups.find(({ logGroupName }) => logGroupName === group)
  return found && (found.logGroupArn ?? found.arn?.replace(/:\*$/, ''))
}

async function* updates(
  stream: AsyncIterable<StartLiveTailResponseStream> | [],
  signal: AbortSignal,
  action: string,
): AsyncGenerator<LiveUpdate> {
  try {
    for await (const { sessionUpdate, SessionTimeoutException, SessionStreamingException } of stream) {
      const failure = SessionTimeoutException ?? SessionStreamingException
      if (failure) throw failure
      if (sessionUpdate) yield updateOf(sessionUpdate)
    }
  } catch (error) {
    if (!signal.aborted) throw translate(error, action)
  }
}

function updateOf({ sessionMetadata, sessionResults = [] }: LiveTailSessionUpdate): LiveUpdate {
  return {
    isSampled: sessionMetadata?.sampled ?? false,
    events: sessionResults.map((event) => ({
      group: groupOf(event.logGroupIdentifier ?? ''),
      stream: event.logStreamName ?? '',
      timestamp: eventTime(event.timestamp),
      ingested: eventTime(event.ingestionTime),
      message: event.message ?? '',
    })),
  }
}

/** The name in `123456789012:/aws/lambda/shop`, or in an ARN. */
function groupOf(identifier: string): string {
  return identifier.replace(/:\*$/, '').split(':').at(-1) ?? ''
}
