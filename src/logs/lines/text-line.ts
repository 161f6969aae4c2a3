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

// The words of Node's runtime in front of an error that the handler threw.
const nodeThrew = /^(?:Invoke Error|Uncaught Exception|Unhandled Promise Rejection)\s+(?=\{)/

/** Reads a line of the application that is no JSON. */
export function textLine(message: string): Said {
  const [prefix, requestId, level] = prefixOf(message)
  const rest = message.slice(prefix.length)
  const threw = nodeThrew.exec(rest)?.[0]
  const json =
    threw !== undefined || rest.startsWith('{') ? parsedObject(rest.slice(threw?.length ?? 0)) : undefined
  if (json) {
    const said = jsonLine(json)
    const named = { level: said.level ?? level, requestId: requestId ?? said.requestId }
    return { ...said, ...named, ...(threw === undefined ? {} : { thrown: true }) }
  }
  const { text, stack } = traceOf(rest.trimEnd())
  // Python's runtime writes the level of an error that the handler threw without a time.
  const isThrown = stack !== undefined && prefix === '[ERROR] '
  return {
    text,
    level,
    requestId,
    fields: {},
    ...(stack ? { stack } : {}),
    ...(isThrown ? { thrown: true } : {}),
  }
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

/**
 * JSON may be nested this deep to be read as fields. V8 parses any depth, but writes only some thousand levels, and strict
 * readers of ndjson take about 128.
 */
const mostLevels = 100

/** Parses an object; undefined for anything else, and for one that is nested too deep. */
export function parsedObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined
    // Each level takes two brackets.
    const isDeep = text.length > 2 * mostLevels && isDeeper(parsed, mostLevels)
    return isDeep ? undefined : (parsed as Record<string, unknown>)
  } catch {
    // A line that merely looks so.
    return undefined
  }
}

function isDeeper(value: object, levels: number): boolean {
  if (levels === 0) return true
  for (const name in value) {
    const inner = (value as Record<string, unknown>)[name]
    if (typeof inner === 'object' && inner !== null && isDeeper(inner, levels - 1)) return true
  }
  return false
}
