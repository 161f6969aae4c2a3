import { JsonCodec2, type JsonSettings } from '@smithy/core/protocols'
import { NormalizedSchema, translateTraits } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import { HttpBindings } from './http-bindings.ts'
import { readJson } from './read-json.ts'
import { ServiceError } from './service-error.ts'
import { checkShape } from './shape.ts'
import { eventFrames } from './streams/event-stream.ts'
import type { WireRequest, WireResponse } from './wire.ts'

const settings: JsonSettings = {
  timestampFormat: { useTrait: true, default: 7 },
  httpBindings: true,
  jsonName: true,
}
const codec = new JsonCodec2(settings)
const bindings = new HttpBindings(settings)

/**
 * A path template of the model, split at slashes; a label is `{Name}`. Some templates also need a query, such as
 * `?List=ALL`.
 */
interface Route {
  operation: string
  schema: StaticOperationSchema
  method: string
  segments: string[]
  query: [string, string][]
  status: number
}

export interface Matched {
  operation: string
  schema: StaticOperationSchema
  status: number
  /** Path labels, decoded. */
  labels: Record<string, string>
}

/** Builds the router of a restJson1 service from the `http` traits of its operation schemas. */
export function restJsonRouter(schemas: Map<string, StaticOperationSchema>) {
  const routes: Route[] = []
  for (const [operation, schema] of schemas) {
    const http = translateTraits(schema[3]).http
    if (!http) continue
    const [method, template, status] = http
    const [path = '', query] = template.split('?')
    const needed = [...new URLSearchParams(query)]
    routes.push({ operation, schema, method, status, segments: splitPath(path), query: needed })
  }
  // The more specific template comes first: two operations may share a path and differ in the query.
  routes.sort((a, b) => b.query.length - a.query.length)
  return (request: WireRequest): Matched | undefined => {
    const segments = splitPath(request.path)
    for (const route of routes) {
      if (route.method !== request.method || route.segments.length !== segments.length) continue
      if (route.query.some(([key, value]) => request.query.get(key) !== value)) continue
      const labels = matchLabels(route.segments, segments)
      if (labels) return { operation: route.operation, schema: route.schema, status: route.status, labels }
    }
    return undefined
  }
}

function splitPath(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}

function matchLabels(template: string[], segments: string[]): Record<string, string> | undefined {
  const pairs = template.map((part, index) => [part, segments[index] ?? ''] as const)
  if (pairs.some(([part, segment]) => !isLabel(part) && part !== segment)) return undefined
  return Object.fromEntries(
    pairs
      .filter(([part]) => isLabel(part))
      .map(([part, segment]) => [part.replace(/[{}+]/g, ''), decodeLabel(segment)]),
  )
}

function isLabel(part: string): boolean {
  return part.startsWith('{')
}

function decodeLabel(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new ServiceError('SerializationException', 400, `The path has a malformed part: ${segment}`)
  }
}

/** Decodes path, query, headers and body into the operation's input. @throws ServiceError 400 */
export async function decodeRestJson(matched: Matched, request: WireRequest): Promise<object> {
  const schema = NormalizedSchema.of(matched.schema[4])
  const { input, payload, hasBody } = bindings.read(schema, matched.labels, request)
  if (payload) {
    const [name, member] = payload
    input[name] = member.isBlobSchema() ? request.body : await readJson(codec, member, request.body)
  }
  if (hasBody) {
    const body = await readJson(codec, schema, request.body)
    for (const [name, value] of Object.entries(body)) input[name] ??= value
  }
  checkShape(schema, input)
  return input
}

/** Encodes an operation's output: headers and status as in the model, the rest as JSON. */
export function encodeRestJson(matched: Matched, output: object): WireResponse {
  const schema = NormalizedSchema.of(matched.schema[5])
  const written = bindings.write(schema, output)
  const stream = schema.getEventStreamMember()
  if (stream !== '') {
    return {
      status: written.status ?? matched.status,
      headers: { ...written.headers, 'content-type': 'application/vnd.amazon.eventstream' },
      body: eventFrames(
        schema.getMemberSchema(stream),
        (output as Record<string, AsyncIterable<object>>)[stream] ?? [],
      ),
    }
  }
  const response: WireResponse = {
    status: written.status ?? matched.status,
    headers: { ...written.headers, 'content-type': 'application/json' },
    body: '',
  }
  if (written.payload) response.body = written.payload[1] as Uint8Array
  else if (response.status !== 204) response.body = writeJson(schema, written.rest)
  return response
}

function writeJson(schema: NormalizedSchema, value: object): Uint8Array {
  const serializer = codec.createSerializer()
  serializer.write(schema, value)
  return serializer.flush()
}

/**
 * An error in restJson1: the code is in a header, the text in the body. An empty text is null.
 *
 * @param capitalised the errors whose model has `Message`
 */
export function restJsonError(error: ServiceError, capitalised: ReadonlySet<string>): WireResponse {
  const member = capitalised.has(error.code) || error.message === '' ? 'Message' : 'message'
  return {
    status: error.status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': error.code },
    body: JSON.stringify({ ...error.details, [member]: error.message || null }),
  }
}
