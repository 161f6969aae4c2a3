// The console of a handler: one record a line, in Lambda's text or JSON format.
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

/** @param invocation its `requestId` goes into each record */
export function takeOverConsole(invocation) {
  current = invocation
  for (const [method, level] of Object.entries(methods)) {
    console[method] = (...values) => {
      if (levels.indexOf(level) >= least)
        write(json ? jsonRecord(level, values) : textRecord(level, format(...values)))
    }
  }
}

/** An error that ends an invocation or the INIT phase. */
export function logFatal(title, error) {
  const { errorType, errorMessage, stackTrace } = describeError(error)
  if (json) {
    write(JSON.stringify({ ...head('ERROR'), message: { errorType, errorMessage, stackTrace } }))
  } else {
    const { name: _, ...details } = error instanceof Error ? Object.fromEntries(Object.entries(error)) : {}
    write(
      textRecord(
        'ERROR',
        `${title} \t${JSON.stringify({ errorType, errorMessage, ...details, stack: stackTrace })}`,
      ),
    )
  }
}

/** Anything may be thrown, not only errors. */
export function describeError(error) {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), stackTrace: [] }
  }
  return {
    errorType: error.name,
    errorMessage: error.message,
    stackTrace: (error.stack ?? '').split('\n'),
  }
}

function head(level) {
  const { requestId } = current
  return { timestamp: new Date().toISOString(), level, ...(requestId && { requestId }) }
}

function textRecord(level, message) {
  return `${new Date().toISOString()}\t${current.requestId}\t${level}\t${message}`
}

function jsonRecord(level, values) {
  const error = values.find((value) => value instanceof Error)
  const record = { ...head(level), ...(error && describeError(error)) }
  try {
    const message = values.length === 1 && !error ? values[0] : format(...values)
    return JSON.stringify({ ...record, message })
  } catch {
    // Circular or a BigInt: what JSON cannot hold goes in as text.
    return JSON.stringify({ ...record, message: format(...values) })
  }
}

/** Written at once, so that it precedes the answer; line breaks within a record travel as carriage returns. */
function write(record) {
  const bytes = Buffer.from(`${record.replaceAll('\n', '\r')}\n`)
  for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written)
}
