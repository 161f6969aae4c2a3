/** The parts of a log event that lines need. */
export interface RawEvent {
  /** Unique, and the same at each read of the event. */
  id: string
  stream: string
  /** Milliseconds since the epoch. */
  timestamp: number
  message: string
}

/** A line of a function's log with the facts that Lambda knows about it. */
export interface Line {
  timestamp: number
  /** The version that wrote it, from its stream's name; undefined for other streams. */
  version: string | undefined
  requestId: string | undefined
  message: string
}

/** The writer of a stream, from the stream's name. */
export interface Writer {
  /** Only in custom groups; the name `/aws/lambda/<function>` already tells it. */
  function?: string
  version?: string
}

const lambdaStream = /^\d{4}\/\d\d\/\d\d\/(?<function>[\w-]*)\[(?<version>\$LATEST|\d+)\][0-9a-f]+$/

/** Reads a stream's name: `2026/11/21/[7]0a1b…` or, in a custom group, `2026/11/21/checkout[7]0a1b…`. */
export function writerOf(stream: string): Writer {
  const { function: name, version } = lambdaStream.exec(stream)?.groups ?? {}
  return { ...(name ? { function: name } : {}), ...(version ? { version } : {}) }
}

/** Tells whether a stream of a log group is a function's: other functions and programs may share a group. */
export function isOf(lambdaName: string, group: string, stream: string): boolean {
  return (writerOf(stream).function ?? ownerOf(group)) === lambdaName
}

/** The function that a group is named after. */
function ownerOf(group: string): string | undefined {
  return /^\/aws\/lambda\/(.+)$/.exec(group)?.[1]
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const time = String.raw`\d{4}-\d\d-\d\d[T ][\d:.,]+Z?`
/**
 * Lambda's own lines, and the runtimes' formats: `<time>\t<id>\tINFO\t…`, `[ERROR]\t<time>\t<id>\t…`, `<time> <id> Task
 * timed out …`. An id elsewhere in a line is the application's.
 */
const idInText = new RegExp(
  String.raw`^(?:(?:START |END |REPORT )?RequestId: |(?:\[[A-Z]+\]\t)?${time}[\t ])(${uuid})(?:\s|$)`,
)
const endsInvocation = /^REPORT |^\{"time":"[^"]*","type":"platform\.report"/

/** The request id in a message, in text or in JSON. */
export function requestIdOf(message: string): string | undefined {
  if (!message.startsWith('{')) return idInText.exec(message)?.[1]
  try {
    const json = JSON.parse(message) as { requestId?: unknown; record?: { requestId?: unknown } | null }
    const id = json.requestId ?? json.record?.requestId
    return typeof id === 'string' ? id : undefined
  } catch {
    // The line only starts with a brace.
    return undefined
  }
}

/**
 * Makes lines from events. An environment runs one invocation at a time, so a line without a request belongs to the
 * last request of its stream.
 */
export function lineMaker(): (event: RawEvent) => Line {
  const current = new Map<string, string>()
  return ({ stream, timestamp, message }) => {
    const named = requestIdOf(message)
    if (named !== undefined) current.set(stream, named)
    const line = {
      timestamp,
      version: writerOf(stream).version,
      requestId: current.get(stream),
      message: message.trimEnd(),
    }
    if (endsInvocation.test(message)) current.delete(stream)
    return line
  }
}
