import { jsonLine, type Said } from './json-line.ts'
import { levelOf } from './level.ts'
import { traceOf } from './stack.ts'

const id = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const time = String.raw`\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?`

// Node's and .NET's console `<time>\t<id>\tINFO\t…`, also `undefined` before the first request.
const console = new RegExp(String.raw`^${time}\t(${id}|undefined)\t(\w+)\t`)
// Python's logging `[ERROR]\t<time>\t<id>\t…`.
const logging = new RegExp(String.raw`^\[(\w+)\]\t${time}\t(${id})?\t`)
// Java's log4j2 layout for Lambda `<time> <id> INFO  Class - …`.
const layout = new RegExp(String.raw`^${time} (${id}) (\w+)\s+`)
// Python's runtime `[ERROR] KeyError: …`.
const bracketed = /^\[(\w+)\] /
// A level in front, as `WARN: …`, `INFO …`; behind a time or not.
const leading = new RegExp(String.raw`^(?:\[?${time}\]?\s+)?\[?([A-Z]{4,8})\]?(?::|\s+-|\s)\s*`)

/** Reads a line of the application that is no JSON. */
export function textLine(message: string): Said {
  const [prefix, requestId, level] = prefixOf(message)
  const rest = message.slice(prefix.length)
  const json = jsonIn(rest)
  if (json) {
    const said = jsonLine(json)
    return { ...said, level: said.level ?? level, requestId: requestId ?? said.requestId }
  }
  const { text, stack } = traceOf(rest.trimEnd())
  return { text, level, requestId, fields: {}, ...(stack ? { stack } : {}) }
}

type Prefix = [prefix: string, requestId: string | undefined, level: Said['level']]

function prefixOf(message: string): Prefix {
  const byConsole = console.exec(message)
  if (byConsole) {
    const [prefix, requestId, level] = byConsole
    return [prefix, requestId === 'undefined' ? undefined : requestId, levelOf(level)]
  }
  const byLogging = logging.exec(message)
  if (byLogging) return [byLogging[0], byLogging[2], levelOf(byLogging[1])]
  const byLayout = layout.exec(message)
  if (byLayout && levelOf(byLayout[2])) return [byLayout[0], byLayout[1], levelOf(byLayout[2])]
  const byRuntime = bracketed.exec(message) ?? leading.exec(message)
  const level = levelOf(byRuntime?.[1])
  return byRuntime && level ? [byRuntime[0], undefined, level] : ['', undefined, undefined]
}

/** The object in the rest of a line: of a logger behind the console, or of an error: `Invoke Error \t{…}`. */
function jsonIn(rest: string): Readonly<Record<string, unknown>> | undefined {
  const at = rest.startsWith('{')
    ? 0
    : /^(?:Invoke Error|Uncaught Exception|Unhandled Promise Rejection)\s+\{/.exec(rest)?.[0].length
  return at === undefined ? undefined : parsedObject(rest.slice(at === 0 ? 0 : at - 1))
}

/** Parses an object; undefined for anything else. */
export function parsedObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Record<string, unknown>)
      : undefined
  } catch {
    // A line that merely looks so.
    return undefined
  }
}
