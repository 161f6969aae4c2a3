import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type {
  LiveTailSessionLogEvent,
  StartLiveTailRequest,
  StartLiveTailResponseStream,
} from '@aws-sdk/client-cloudwatch-logs'
import type { Pace } from '../clock.ts'
import type { Call } from '../protocol/service.ts'
import { invalidParameter } from './errors.ts'
import type { StoredEvent } from './events.ts'
import type { LogStore } from './log-store.ts'
import { groupNameOf } from './names.ts'
import { filterPattern } from './patterns/filter-pattern.ts'
import type { Group } from './stored-group.ts'

/** AWS's limit of the events of an update, and the time between two updates, milliseconds. */
const mostEvents = 500
const everyMs = 1000

/**
 * StartLiveTail: an update each second with the events of that second; the first 500 if there were more.
 *
 * @param closing ends the sessions
 */
export function startLiveTail(store: LogStore, pace: Pace, closing: AbortSignal) {
  return (input: StartLiveTailRequest, { account }: Call): { responseStream: AsyncIterable<object> } => {
    const wanted = wantedEvents(store, input)
    const session = { ...input, requestId: randomUUID(), sessionId: randomUUID() }
    const waiting: Waiting = { events: [], sampled: false }
    const end = store.listen((group, event) => {
      if (!wanted(group, event)) return
      if (waiting.events.length === mostEvents) waiting.sampled = true
      else waiting.events.push(described(account, group, event))
    })
    return { responseStream: updates(session, waiting, { end, closing, beatMs: pace.beatMs(everyMs) }) }
  }
}

/** The events of the present second, at most `mostEvents`. */
interface Waiting {
  events: LiveTailSessionLogEvent[]
  /** Whether there were more. */
  sampled: boolean
}

async function* updates(
  sessionStart: StartLiveTailResponseStream.SessionStartMember['sessionStart'],
  waiting: Waiting,
  { end, closing, beatMs }: { end: () => void; closing: AbortSignal; beatMs: number },
): AsyncGenerator<object> {
  try {
    yield { sessionStart }
    while (!closing.aborted) {
      await setTimeout(beatMs)
      const { events, sampled } = waiting
      Object.assign(waiting, { events: [], sampled: false })
      yield { sessionUpdate: { sessionMetadata: { sampled }, sessionResults: events } }
    }
  } finally {
    end()
  }
}

/** @throws ServiceError for a group that does not exist, and for parameters that do not fit together */
function wantedEvents(
  store: LogStore,
  input: StartLiveTailRequest,
): (group: Group, event: StoredEvent) => boolean {
  const { logGroupIdentifiers: identifiers = [], logStreamNames, logStreamNamePrefixes } = input
  const wrong = identifiers.find((identifier) => !/^arn:[^*]+$/.test(identifier))
  if (wrong !== undefined)
    throw invalidParameter(`'${wrong}' is no ARN of a log group without an asterisk at its end.`)
  const groups = new Set(
    identifiers.map((logGroupIdentifier) => store.group(groupNameOf({ logGroupIdentifier })).name),
  )
  if ((logStreamNames ?? logStreamNamePrefixes) && groups.size > 1)
    throw invalidParameter('Log streams can be named for a single log group only.')
  if (logStreamNames && logStreamNamePrefixes)
    throw invalidParameter('logStreamNames and logStreamNamePrefixes are mutually exclusive parameters.')
  const matches = filterPattern(input.logEventFilterPattern ?? '')
  return ({ name }, { stream, message }) =>
    groups.has(name) &&
    (logStreamNames?.includes(stream) ?? true) &&
    (logStreamNamePrefixes?.some((prefix) => stream.startsWith(prefix)) ?? true) &&
    matches(message)
}

function described(account: string, group: Group, event: StoredEvent): LiveTailSessionLogEvent {
  const { stream, message, timestamp, ingestionTime } = event
  return {
    logGroupIdentifier: `${account}:${group.name}`,
    logStreamName: stream,
    message,
    timestamp,
    ingestionTime,
  }
}
