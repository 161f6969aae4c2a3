import type { RequestAccount } from '../../logs/model/request.ts'
import type { ShownLine } from '../../logs/model/shown-line.ts'
import { chosenField } from './chosen-fields.ts'
import { reasonOf } from './closing.ts'
import { isShown } from './is-shown.ts'
import { requestEnds } from './request-ends.ts'
import type { LineWriter, Writing } from './writing.ts'

/** Writes each line as a JSON document of its own, `event: line`, and behind the last one of a request `event: request`. */
export function ndjsonWriter({ fields, json }: Writing): LineWriter {
  const ends = requestEnds()
  const documentsOf = (line: ShownLine): object[] => {
    if (fields) return isShown(line) ? [chosen(line, fields)] : []
    const request = ends(line)
    return request ? [lineDocument(line), requestDocument(request)] : [lineDocument(line)]
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

/** JSON leaves out the fields that a line does not have. */
function lineDocument({
  event,
  function: name,
  version,
  requestId,
  level,
  text,
  ...line
}: ShownLine): object {
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

function requestDocument(request: RequestAccount): object {
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
