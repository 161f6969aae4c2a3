import type { Report } from '../../logs/model/line.ts'
import type { RequestAccount, RequestStatus } from '../../logs/model/request.ts'
import type { ShownLine } from '../../logs/model/shown-line.ts'
import { versioned } from '../text/json/versioned.ts'
import { chosenField } from './chosen-fields.ts'
import { reasonOf } from './closing.ts'
import { isShown } from './is-shown.ts'
import { requestEnds } from './request-ends.ts'
import type { LineWriter, Writing } from './writing.ts'

/** Writes each line as a JSON document of its own, `event: line`, and behind the last one of a request `event: request`. */
export function ndjsonWriter({ fields, json }: Writing): LineWriter {
  const ends = requestEnds()
  const documentsOf = (line: ShownLine): object[] => {
    // Only the fields that were asked for, so not even the version.
    if (fields) return isShown(line) ? [chosen(line, fields)] : []
    const request = ends(line)
    const events = request ? [lineEvent(line), requestEvent(request)] : [lineEvent(line)]
    return events.map(versioned)
  }
  return {
    lines: (lines) =>
      lines
        .flatMap(documentsOf)
        .map((each) => `${json(each)}\n`)
        .join(''),
    end: () => '',
  }
}

function chosen(line: ShownLine, fields: readonly string[]): object {
  return Object.fromEntries(fields.map((name) => [name, chosenField(line, name)]))
}

/** A line of a log. */
export interface LineEvent extends Omit<ShownLine, 'event'> {
  event: 'line'
  /** In ISO 8601, UTC. */
  time: string
  /** Milliseconds since the epoch. */
  timestamp: number
  /** The whole line, as the log has it. */
  message: string
  group: string
  stream: string
  /** CloudWatch's own id of the line. */
  id: string
}

/** A request has ended. */
export interface RequestEvent extends Partial<Omit<Report, 'traceId'>> {
  event: 'request'
  /** The time of its first line, in ISO 8601, UTC. */
  time: string
  requestId: string
  function: string
  version: string | undefined
  /** The number of the attempt, from the second one on. */
  attempt: number | undefined
  status: RequestStatus
  traceId: string | undefined
  /** The reason why it failed. */
  error: string | undefined
}

/** JSON leaves out the fields that a line does not have. */
function lineEvent({
  event,
  function: name,
  version,
  requestId,
  level,
  text,
  ...line
}: ShownLine): LineEvent {
  return {
    event: 'line',
    time: new Date(event.timestamp).toISOString(),
    timestamp: event.timestamp,
    function: name,
    version,
    requestId,
    level,
    text,
    ...line,
    message: event.message.trimEnd(),
    group: event.group,
    stream: event.stream,
    id: event.id,
  }
}

function requestEvent(request: RequestAccount): RequestEvent {
  const { id, function: name, version, attempt, start, status, report, traceId } = request
  return {
    event: 'request',
    time: new Date(start).toISOString(),
    requestId: id,
    function: name,
    version,
    attempt,
    status,
    ...report,
    traceId,
    error: reasonOf(request) || undefined,
  }
}
