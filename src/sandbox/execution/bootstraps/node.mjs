// The Node.js runtime of the sandbox: asks the Runtime API for events and runs the handler for each.

import { describeError, logFatal, takeOverConsole } from './node-console.mjs'
import { answerWith, CallbackHandlerDeprecated, loadHandler } from './node-handler.mjs'
import { findRuntimePackages } from './node-packages.mjs'
import { openClient } from './node-runtime-client.mjs'
import { defineAwslambda, streamAnswer, streamsAnswer } from './node-streaming.mjs'

const variables = process.env
const [host, port] = variables.AWS_LAMBDA_RUNTIME_API.split(':')
/**
 * The sandbox's own address, since a wrapper may have put a proxy before it, and its clock. Handlers don't see them, as
 * in Lambda.
 */
const { _LAMBDACTL_API: sandbox, _LAMBDACTL_CLOCK: clock } = variables
for (const name of ['_LAMBDACTL_API', '_LAMBDACTL_CLOCK']) delete variables[name]
const isDirect = sandbox === variables.AWS_LAMBDA_RUNTIME_API
/** If the API is gone, the process has no more work. */
const leave = () => process.exit(1)
const client = openClient(variables.AWS_LAMBDA_RUNTIME_API, leave)
/** The invocation that is running; console lines carry its id. */
const current = { requestId: undefined }

function call(method, path, { body, headers, by = client } = {}) {
  const authorization = isDirect ? { Authorization: variables.AWS_SESSION_TOKEN } : {}
  return by.request(method, `/2018-06-01/runtime/${path}`, {
    body,
    headers: { ...authorization, ...headers },
  })
}

function next() {
  return call('GET', 'invocation/next')
}

/** Answers an event. @returns the next one, which the sandbox itself gives at once */
async function answer(path, body, headers) {
  if (isDirect) return call('POST', path, { body, headers: { ...headers, 'Lambdactl-Runtime-Next': 'true' } })
  await call('POST', path, { body, headers })
  return next()
}

/** A header accepts no other characters; the body has the unchanged type. */
function headerOf(errorType) {
  return errorType.replace(/[^\x20-\x7e]/g, '?')
}

function errorBody(error) {
  const { errorType, errorMessage, stackTrace } = describeError(error)
  return { errorType, body: JSON.stringify({ errorType, errorMessage, trace: stackTrace }) }
}

function errorHeaders(errorType) {
  return { 'Lambda-Runtime-Function-Error-Type': headerOf(errorType) }
}

/** Opens the request that carries a streamed answer. */
function openAnswer(path, contentType) {
  // Few handlers stream, and the module takes long to load.
  const sent = process.getBuiltinModule('node:http').request({
    host,
    port,
    agent: false,
    method: 'POST',
    path: `/2018-06-01/runtime/${path}`,
    headers: {
      'Content-Type': contentType ?? 'application/octet-stream',
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      'Transfer-Encoding': 'chunked',
      Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
    },
  })
  const answered = new Promise((resolve) => {
    sent.on('response', (response) => response.resume().on('end', resolve))
    sent.on('error', leave)
  })
  return { sent, answered }
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

/** Runs the handler for an event. @returns the next event */
async function run(handler, { headers, body }) {
  const requestId = headers['lambda-runtime-aws-request-id']
  if (requestId === undefined) return leave()
  current.requestId = requestId
  variables['_X_AMZN_TRACE_ID'] = headers['lambda-runtime-trace-id']
  const path = `invocation/${requestId}`
  try {
    const [event, context] = [JSON.parse(body), contextOf(headers)]
    if (streamsAnswer(handler)) {
      const carrier = { open: (type) => openAnswer(`${path}/response`, type), describe: trailersOf }
      await streamAnswer(handler, event, context, carrier)
      return next()
    }
    return answer(`${path}/response`, serialise(await answerWith(handler, event, context)))
  } catch (error) {
    logFatal('Invoke Error', error)
    const { errorType, body: described } = errorBody(error)
    return answer(`${path}/error`, described, errorHeaders(errorType))
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
  const { errorType, body } = errorBody(error)
  const path = current.requestId ? `invocation/${String(current.requestId)}/error` : 'init/error'
  // The client may be waiting for the next event.
  const by = openClient(variables.AWS_LAMBDA_RUNTIME_API, leave)
  await call('POST', path, { body, headers: errorHeaders(errorType), by })
  process.exit(status)
}

takeOverConsole(current, clock)
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
  for (let event = await next(); ; ) event = await run(handler, event)
} catch (error) {
  await die(error, error instanceof CallbackHandlerDeprecated ? 'Init Error' : 'Uncaught Exception', 1)
}
