import type { Level } from '../model/line.ts'
import { levelOf } from './level.ts'
import { traceOf } from './stack.ts'

/** A line of the application, as far as its message tells. */
export interface Said {
  text: string
  level: Level | undefined
  requestId: string | undefined
  thrown?: true
  fields: Readonly<Record<string, unknown>>
  stack?: readonly string[]
}

type Json = Readonly<Record<string, unknown>>

// The names that loggers give to one thing: Lambda's own JSON format, Powertools, pino, bunyan, winston, structlog,
// logback, log4j2 (ECS), zap, slog, zerolog, Serilog.
const texts = ['message', 'msg', 'event', 'Message', '@message', '@m', 'log']
const levelNames = ['level', 'severity', 'log.level', 'Level', 'lvl', 'levelname', '@l', 'loglevel']
const ids = [
  'requestId',
  'function_request_id',
  'aws_request_id',
  'awsRequestId',
  'AWSRequestId',
  'lambda_request_id',
  'RequestId',
  'request_id',
]
const errors = ['err', 'error', 'exception', 'exc_info', 'Exception']
const stacks = [
  'stackTrace',
  'stack_trace',
  'stack',
  'stacktrace',
  'traceback',
  'error.stack_trace',
  'exception',
  '@x',
]
const types = ['errorType', 'exception_name', 'error.type', 'error_type', 'type', 'name']
const messages = ['errorMessage', 'error.message', 'error_message', 'message']
/** Things that a line has in places of its own, or that are the same in each line of an environment. */
const elsewhere = new Set(
  [
    'timestamp time ts @timestamp @t Timestamp datetime instant asctime created pid hostname v @version',
    'level_value thread thread_name threadId threadPriority process endOfBatch loggerFqcn ecs.version',
    'function_name function_arn function_memory_size functionName functionArn functionMemorySize',
    'functionVersion function_version cold_start coldStart xray_trace_id xRayTraceId tenantId',
  ].flatMap((names) => names.split(' ')),
)

/** Reads a line that a logger wrote as JSON. */
export function jsonLine(json: Json): Said {
  const level = levelNames.map((name) => levelOf(json[name])).find((each) => each !== undefined)
  const error = errorIn(json)
  const said = textOf(json)
  const text = said ?? error?.text ?? ''
  // An error that the text does not contain is added after it.
  const told =
    error && said !== undefined && error.text !== '' && !said.includes(error.text)
      ? `${said}: ${error.text}`
      : text
  return {
    text: told,
    level: level ?? (error && !said ? 'error' : undefined),
    requestId: firstText(json, ids),
    fields: fieldsOf(json, error),
    ...(error?.stack && error.stack.length > 0 ? { stack: error.stack } : {}),
  }
}

function textOf(json: Json): string | undefined {
  for (const name of texts) {
    const text = json[name]
    if (typeof text === 'string') return text.trimEnd()
    if (Array.isArray(text) && name === 'message')
      return text.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(' ')
  }
  return undefined
}

interface Told {
  text: string
  stack: readonly string[] | undefined
  /** The field that holds it, where it is one. */
  field?: string
}

/** The error of a line: in its own fields, or in an object of a field. */
function errorIn(json: Json): Told | undefined {
  for (const field of [...errors, 'message']) {
    const value = json[field]
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const told = errorOf(value as Json, messages)
      if (told) return { ...told, field }
    }
  }
  return errorOf(json, messages.slice(0, -1))
}

function errorOf(json: Json, named: readonly string[]): Told | undefined {
  const stack = stacks.map((name) => linesOf(json[name])).find((lines) => lines !== undefined)
  const message = firstText(json, named)
  const type = firstText(json, types)
  if (stack === undefined && (message === undefined || type === undefined)) return undefined
  const trace = stack === undefined ? undefined : traceOf(stack.join('\n'))
  const own =
    message === undefined
      ? undefined
      : type === undefined || message.startsWith(type)
        ? message
        : `${type}: ${message}`
  return {
    text: own ?? trace?.text ?? '',
    stack: trace?.stack ?? (stack && stack.length > 1 ? stack : undefined),
  }
}

function linesOf(value: unknown): string[] | undefined {
  if (typeof value === 'string') return value.includes('\n') ? value.split('\n') : undefined
  if (!Array.isArray(value) || value.length === 0) return undefined
  return value
    .map((each) => (typeof each === 'string' ? each.trimEnd() : JSON.stringify(each)))
    .flatMap((each) => each.split('\n'))
}

const ofError = new Set([
  ...stacks,
  'errorType',
  'errorMessage',
  'error.type',
  'error.message',
  'exception_name',
  'error_type',
  'error_message',
])

function fieldsOf(json: Json, error: Told | undefined): Readonly<Record<string, unknown>> {
  const text = texts.find(
    (name) => typeof json[name] === 'string' || (name === 'message' && Array.isArray(json[name])),
  )
  const level = levelNames.find((name) => levelOf(json[name]) !== undefined)
  const id = ids.find((name) => typeof json[name] === 'string')
  const isOwn = (name: string) =>
    name !== text &&
    name !== level &&
    name !== id &&
    name !== error?.field &&
    !elsewhere.has(name) &&
    !(error && !error.field && ofError.has(name))
  return Object.fromEntries(Object.entries(json).filter(([name]) => isOwn(name)))
}

/** The first of the fields that holds a text, and no empty one. */
function firstText(json: Json, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = json[name]
    if (typeof text === 'string' && text !== '') return text
  }
  return undefined
}
