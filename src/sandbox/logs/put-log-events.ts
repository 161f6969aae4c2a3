import type {
  InputLogEvent,
  PutLogEventsRequest,
  PutLogEventsResponse,
  RejectedLogEventsInfo,
} from '@aws-sdk/client-cloudwatch-logs'
import type { LogLine } from '../telemetry.ts'
import { invalidParameter } from './errors.ts'
import { sizeOf } from './events.ts'
import type { LogStore } from './log-store.ts'
import { groupNameOf } from './names.ts'

const day = 24 * 3_600_000

/** AWS's limits of a request; an event may be up to 14 days old and 2 hours ahead. */
const mostBytes = 1_048_576
const tooOld = 14 * day
const tooNew = 2 * 3_600_000

/** PutLogEvents: stores events that are neither too old nor too new, and returns which events were left out. */
export function putLogEvents(store: LogStore, clock: () => number) {
  return (input: PutLogEventsRequest): PutLogEventsResponse => {
    const group = store.group(groupNameOf(input))
    const stream = store.stream(group, input.logStreamName ?? '')
    const lines = (input.logEvents ?? []).map(lineOf)
    check(lines)
    const now = clock()
    const expiry = now - (group.retentionInDays ?? Infinity) * day
    const oldest = Math.max(now - tooOld, expiry)
    const start = firstFrom(lines, oldest)
    const end = firstFrom(lines, now + tooNew + 1)
    store.append(group, stream, lines.slice(start, end))
    store.events.flush()
    const rejected: RejectedLogEventsInfo = {
      ...(start > 0 &&
        (expiry > now - tooOld ? { expiredLogEventEndIndex: start } : { tooOldLogEventEndIndex: start })),
      ...(end < lines.length && { tooNewLogEventStartIndex: end }),
    }
    return {
      nextSequenceToken: '1',
      ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }),
    }
  }
}

/** The tokens of pages take whole milliseconds only. */
function lineOf({ timestamp = 0, message = '' }: InputLogEvent): LogLine {
  return { timestamp: Math.trunc(timestamp), message }
}

function check(lines: LogLine[]): void {
  const bytes = lines.reduce((total, line) => total + sizeOf(line), 0)
  if (bytes > mostBytes) {
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${mostBytes}`)
  }
  const disorder = lines.some((line, index) => line.timestamp < (lines[index - 1]?.timestamp ?? 0))
  if (disorder) {
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.')
  }
  const span = (lines.at(-1)?.timestamp ?? 0) - (lines[0]?.timestamp ?? 0)
  if (span > day) {
    throw invalidParameter(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    )
  }
}

/** The index of the first line at or after a moment. */
function firstFrom(lines: LogLine[], moment: number): number {
  const index = lines.findIndex(({ timestamp }) => timestamp >= moment)
  return index === -1 ? lines.length : index
}
