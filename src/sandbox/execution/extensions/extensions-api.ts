import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FunctionFacts } from '../model/function-facts.ts'
import { readBody } from '../runtime/read-body.ts'
import type { EventType, Extension, Registry } from './registry.ts'

/** Bytes of a registration, which names two events at most. */
const largestRegistration = 64 * 1024

/** Lambda's limit for the extensions of a function. */
const mostExtensions = 10

/** The extensions that answer here, and what they may learn. */
export interface Served {
  facts: FunctionFacts
  registry: Registry
  /** Whether the INIT phase still lets extensions register. */
  isOpen: () => boolean
  /** Writes a line of the sandbox into the function's log. */
  tell: (line: string) => void
}

type Answer = (served: Served, request: IncomingMessage, response: ServerResponse) => Promise<void> | void

const answers: Readonly<Record<string, Answer>> = {
  'POST /2020-01-01/extension/register': register,
  'GET /2020-01-01/extension/event/next': next,
  'POST /2020-01-01/extension/init/error': (served, request, response) =>
    reportError(served, request, response, 'InitError'),
  'POST /2020-01-01/extension/exit/error': (served, request, response) =>
    reportError(served, request, response, 'ExitError'),
  'PUT /2020-08-15/logs': (served, request, response) => withoutApi(served, request, response, 'Logs'),
  'PUT /2022-07-01/telemetry': (served, request, response) =>
    withoutApi(served, request, response, 'Telemetry'),
}

/** Answers a request to Lambda's Extensions API. @returns false if it is none */
export async function answerExtension(
  served: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const found = answers[`${request.method} ${request.url}`]
  await found?.(served, request, response)
  return found !== undefined
}

async function register(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { facts, registry, isOpen } = served
  const name = header(request, 'lambda-extension-name')
  const events = eventsOf(await readBody(request, largestRegistration))
  if (!name) return refuse(response, 'InvalidExtensionName', 'Empty extension name')
  if (!events) return refuse(response, undefined, 'The body is no JSON with a list of events.')
  const known = registry.byName(name)
  const unknown = events.find((event) => event !== 'INVOKE' && !(event === 'SHUTDOWN' && known?.isExternal))
  if (unknown !== undefined) {
    return refuse(response, 'InvalidEventType', `${unknown}: this extension can't register for it.`)
  }
  if (known && known.state !== 'Started') {
    return refuse(response, 'InvalidExtensionState', 'Extension with this name already registered')
  }
  if (!known && !isOpen())
    return refuse(response, 'RegistrationClosed', 'Extension registration closed already')
  if (!known && registry.all().length >= mostExtensions) {
    return refuse(response, 'TooManyExtensions', `Extension limit (${mostExtensions}) reached`)
  }
  const extension = known ?? registry.addInternal(name)
  const { name: functionName, version: functionVersion, handler, arn } = facts
  const asked = header(request, 'lambda-extension-accept-feature')?.split(/ *, */) ?? []
  response.setHeader('Lambda-Extension-Identifier', extension.id)
  answer(response, 200, {
    functionName,
    functionVersion,
    handler,
    ...(asked.includes('accountId') && { accountId: arn.split(':')[4] }),
  })
  registry.register(extension, events as EventType[])
}

function next({ registry }: Served, request: IncomingMessage, response: ServerResponse): void {
  const extension = identify(registry, request, response)
  if (!extension) return
  const isAllowed = ['Registered', 'Running', 'Ready'].includes(extension.state) && !extension.give
  if (!isAllowed) return refuseState(response, extension, 'Ready')
  registry.wait(extension, (event) => {
    response.setHeader('Lambda-Extension-Event-Identifier', randomUUID())
    answer(response, 200, event)
  })
}

function reportError(
  { registry }: Served,
  request: IncomingMessage,
  response: ServerResponse,
  state: 'InitError' | 'ExitError',
): void {
  const extension = identify(registry, request, response)
  if (!extension) return
  const errorType = header(request, 'lambda-extension-function-error-type')
  if (!errorType) {
    return refuse(response, 'MissingHeader', 'Lambda-Extension-Function-Error-Type not found')
  }
  if (extension.state === 'Started') return refuseState(response, extension, state)
  Object.assign(extension, { state, errorType })
  answer(response, 202, { status: 'OK' })
}

/** As AWS's own emulator answers, so that extensions go on without it. */
function withoutApi({ tell }: Served, request: IncomingMessage, response: ServerResponse, api: string): void {
  request.resume()
  tell(`The sandbox has no ${api} API, so no extension gets the function's ${api.toLowerCase()}.`)
  answer(response, 202, { errorType: `${api}.NotSupported`, errorMessage: `${api} API is not supported` })
}

function identify(
  registry: Registry,
  request: IncomingMessage,
  response: ServerResponse,
): Extension | undefined {
  request.resume()
  const id = header(request, 'lambda-extension-identifier')
  const extension = registry.byId(id)
  if (!id) refuse(response, 'MissingExtensionIdentifier', 'Missing Lambda-Extension-Identifier header')
  else if (!extension) refuse(response, 'UnknownExtensionIdentifier', `Unknown extension ${id}`)
  return extension
}

function eventsOf(body: Buffer | undefined): string[] | undefined {
  try {
    const { events = [] } = Object(JSON.parse(String(body))) as { events?: unknown }
    return Array.isArray(events) ? events.map(String) : undefined
  } catch {
    return undefined
  }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function refuseState(response: ServerResponse, { state, id }: Extension, wanted: string): void {
  const message = `State transition from ${state} to ${wanted} failed for extension ${id}. Error: State transition is not allowed`
  refuse(response, 'InvalidExtensionState', message)
}

/** 403, which is Lambda's status for every refusal here. */
function refuse(response: ServerResponse, type: string | undefined, errorMessage: string): void {
  const errorType = type === undefined ? 'InvalidRequestFormat' : `Extension.${type}`
  answer(response, 403, { errorType, errorMessage })
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
