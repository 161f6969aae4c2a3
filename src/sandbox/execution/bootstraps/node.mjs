// The Node.js runtime of the sandbox: asks the Runtime API for events and runs the handler for each.

import { describeError, logFatal, takeOverConsole } from './node-console.mjs'
import { answerWith, CallbackHandlerDeprecated, loadHandler } from './node-handler.mjs'
import { findRuntimePackages } from './node-packages.mjs'
import { defineAwslambda, streamAnswer, streamsAnswer } from './node-streaming.mjs'

// `import` would make node:http load much that is not needed here.
const http = process.getBuiltinModule('node:http')
const variables = process.env
const [host, port] = variables.AWS_LAMBDA_RUNTIME_API.split(':')
const agent = new http.Agent({ keepAlive: true })
/** The invocation that is running; console lines carry its id. */
const current = { requestId: undefined }

/** Opens a request to the Runtime API. If the API is gone, the process has no more work. */
function open(method, path, headers = {}) {
  const sent = http.request({ host, port, agent, method, path: `/2018-06-01/runtime/${path}`, headers })
  const answered = new Promise((resolve) => {
    sent.on('response', (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }))
    })
    sent.on('error', () => process.exit(1))
  })
  return { sent, answered }
}

function call(method, path, body, headers) {
  const { sent, answered } = open(method, path, headers)
  if (body !== undefined) sent.setHeader('Content-Length', Buffer.byteLength(body))
  sent.end(body)
  return answered
}

/** A header accepts no other characters; the body has the unchanged type. */
function headerOf(errorType) {
  return errorType.replace(/[^\x20-\x7e]/g, '?')
}

function errorBody(error) {
  const { errorType, errorMessage, stackTrace } = describeError(error)
  return { errorType, body: JSON.stringify({ errorType, errorMessage, trace: stackTrace }) }
}

function postError(path, error) {
  const { errorType, body } = errorBody(error)
  return call('POST', path, body, { 'Lambda-Runtime-Function-Error-Type': headerOf(errorType) })
}

/** The request that carries a streamed answer. */
function openAnswer(path, contentType) {
  return open('POST', path, {
    'Content-Type': contentType ?? 'application/octet-stream',
    'Lambda-Runtime-Function-Response-Mode': 'streaming',
    'Transfer-Encoding': 'chunked',
    Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
  })
}

/** The trailers of a stream that ends with an error. */
function trailersOf(error) {
  logFatal('Invoke Error', error)
  const { errorType, body } = errorBody(error)
  return {
    'Lambda-Runtime-Function-Error-Type': headerOf(errorType),
    'Lambda-Runtime-Function-Error-Body': Buffer.from(body).toString('base64'),
  }
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms'])
  const clientContext = headers['lambda-runtime-client-context']
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: variables.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: variables.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    memoryLimitInMB: variables.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    logGroupName: variables.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: variables.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: clientContext && JSON.parse(Buffer.from(clientContext, 'latin1').toString()),
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  }
}

async function runNext(handler) {
  const { headers, body } = await call('GET', 'invocation/next')
  current.requestId = headers['lambda-runtime-aws-request-id']
  variables['_X_AMZN_TRACE_ID'] = headers['lambda-runtime-trace-id']
  const path = `invocation/${current.requestId}`
  try {
    const [event, context] = [JSON.parse(body), contextOf(headers)]
    if (streamsAnswer(handler)) {
      const carrier = { open: (type) => openAnswer(`${path}/response`, type), describe: trailersOf }
      await streamAnswer(handler, event, context, carrier)
    } else {
      await call('POST', `${path}/response`, serialise(await answerWith(handler, event, context)))
    }
  } catch (error) {
    logFatal('Invoke Error', error)
    await postError(`${path}/error`, error)
  }
}

function serialise(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null'
  } catch (error) {
    throw Object.assign(new Error(`Unable to stringify response body: ${error.message}`), {
      name: 'Runtime.MarshalError',
    })
  }
}

/** Ends the environment after an uncaught error, once the running invocation has its answer. */
async function die(error, title, status) {
  logFatal(title, error)
  await postError(current.requestId ? `invocation/${String(current.requestId)}/error` : 'init/error', error)
  process.exit(status)
}

takeOverConsole(current)
findRuntimePackages()
defineAwslambda()
process.on('uncaughtException', (error) => die(error, 'Uncaught Exception', 129))
process.on('unhandledRejection', (reason) => {
  const error = Object.assign(new Error(String(reason)), {
    name: 'Runtime.UnhandledPromiseRejection',
    reason,
  })
  if (reason instanceof Error) error.stack = reason.stack
  return die(error, 'Unhandled Promise Rejection', 128)
})

try {
  const handler = await loadHandler(variables.LAMBDA_TASK_ROOT, variables['_HANDLER'])
  for (;;) await runNext(handler)
} catch (error) {
  await die(error, error instanceof CallbackHandlerDeprecated ? 'Init Error' : 'Uncaught Exception', 1)
}
