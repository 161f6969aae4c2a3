// The console of a handler: one line for each record, in Lambda's text or JSON format.
const { writeSync } = process.getBuiltinModule('node:fs')
const { format } = process.getBuiltinModule('node:util')

const json = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON'
const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']
const least = json ? Math.max(0, levels.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL)) : 0
const methods = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
}
let current = { requestId: undefined }
/** The time of lines, milliseconds since the epoch. */
let now = Date.now

/**
 * @param invocation its `requestId` goes into each record
 * @param clock the sandbox's clock: its time, this machine's time then, and its speed; empty for this machine's time
 */
export function takeOverConsole(invocation, clock) {
  current = invocation
  if (clock) {
    const [time, then, speed] = clock.split(' ').map(Number)
    now = () => time + (Date.now() - then) * speed
  }
  for (const [method, level] of Object.entries(methods)) {
    console[method] = (...values) => {
      if (levels.indexOf(level) >= least)
        write(json ? jsonRecord(level, values) : textRecord(level, format(...values)))
    }
  }
}

/** An error that ends an invocation or the INIT phase. */
export function logFatal(title, error) {
  const described = describeError(error)
  const { errorType, errorMessage, stackTrace } = described
  if (json) write(JSON.stringify({ ...head('ERROR'), message: { errorType, errorMessage, stackTrace } }))
  else write(textRecord('ERROR', `${title} \t${detailed(error, described)}`))
}

/** Includes the error's own properties if JSON can hold them. */
function detailed(error, { errorType, errorMessage, stackTrace }) {
  try {
    const { name: _, ...details } = error instanceof Error ? Object.fromEntries(Object.entries(error)) : {}
    return JSON.stringify({ errorType, errorMessage, ...details, stack: stackTrace })
  } catch {
    // The properties are circular, a BigInt, or throw when they are read.
    return JSON.stringify({ errorType, errorMessage, stack: stackTrace })
  }
}

/** Any value may be thrown, not only errors. */
export function describeError(error) {
  try {
    if (!(error instanceof Error)) {
      return { errorType: typeof error, errorMessage: String(error), stackTrace: [] }
    }
    // A handler may have set these properties to any value.
    const [errorType, errorMessage, stack] = [error.name ?? 'Error', error.message, error.stack ?? ''].map(
      String,
    )
    return { errorType, errorMessage, stackTrace: stack.split('\n') }
  } catch {
    // For example Object.create(null), which has no text.
    return { errorType: typeof error, errorMessage: 'What was thrown cannot be described.', stackTrace: [] }
  }
}

function head(level) {
  const { requestId } = current
  return { timestamp: new Date(now()).toISOString(), level, ...(requestId && { requestId }) }
}

function textRecord(level, message) {
  return `${new Date(now()).toISOString()}\t${current.requestId}\t${level}\t${message}`
}

function jsonRecord(level, values) {
  const error = values.find((value) => value instanceof Error)
  const record = { ...head(level), ...(error && describeError(error)) }
  try {
    const message = values.length === 1 && !error ? values[0] : format(...values)
    return JSON.stringify({ ...record, message })
  } catch {
    // Circular values and a BigInt go in as text, since JSON cannot hold them.
    return JSON.stringify({ ...record, message: format(...values) })
  }
}

/** Written at once, so that it comes before the answer. Line breaks within a record become carriage returns. */
function write(record) {
  const bytes = Buffer.from(`${record.replaceAll('\n', '\r')}\n`)
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written)
  } catch (error) {
    // A handler may close its stdout; it still gets its answers, but its later log lines are lost.
    if (error.code !== 'EBADF') throw error
  }
}
