import { JsonCodec2 } from '@smithy/core/protocols'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import { readJson } from './read-json.ts'
import type { ServiceError } from './service-error.ts'
import { eventStream } from './streams/event-stream.ts'
import type { WireRequest, WireResponse } from './wire.ts'

const codec = new JsonCodec2({ timestampFormat: { useTrait: true, default: 7 }, jsonName: false })

/** The operation in `x-amz-target: Prefix.Operation`, or undefined if the prefix is another service's. */
export function awsJsonOperation(
  target: string | readonly string[],
  request: WireRequest,
): string | undefined {
  const header = request.headers['x-amz-target']
  if (typeof header !== 'string') return undefined
  const [prefix, operation] = header.split('.', 2)
  return hasTarget(target, prefix) ? operation : undefined
}

/** Whether a prefix is one of a service's. */
export function hasTarget(target: string | readonly string[], prefix = ''): boolean {
  return typeof target === 'string' ? prefix === target : target.includes(prefix)
}

/** Decodes the JSON body by the operation's input schema. @throws ServiceError 400 */
export async function decodeAwsJson(schema: StaticOperationSchema, request: WireRequest): Promise<object> {
  return await readJson(codec, NormalizedSchema.of(schema[4]), request.body)
}

/** Encodes the output as a JSON body, or as a stream of events if the operation's answer is one. */
export function encodeAwsJson(schema: StaticOperationSchema, version: string, output: object): WireResponse {
  const stream = NormalizedSchema.of(schema[5]).getEventStreamMember()
  if (stream !== '') {
    const events = NormalizedSchema.of(schema[5]).getMemberSchema(stream)
    return {
      status: 200,
      headers: { 'content-type': 'application/vnd.amazon.eventstream' },
      body: eventStream(events, (output as Record<string, AsyncIterable<object>>)[stream] ?? []),
    }
  }
  const serializer = codec.createSerializer()
  serializer.write(NormalizedSchema.of(schema[5]), output)
  return { status: 200, headers: contentType(version), body: serializer.flush() }
}

/**
 * An error in awsJson: the code is in `__type`.
 *
 * @param queryCode its code in awsQuery, which older clients still show
 * @param capitalised the errors whose model has `Message`
 */
export function awsJsonError(
  version: string,
  error: ServiceError,
  queryCode: string | undefined,
  capitalised?: ReadonlySet<string>,
): WireResponse {
  return {
    status: error.status,
    headers: {
      ...contentType(version),
      'x-amzn-errortype': error.code,
      ...queryErrorHeader(error, queryCode),
    },
    body: JSON.stringify({ __type: error.code, ...errorMembers(error, capitalised) }),
  }
}

/** The members of an error, with its text in `message` or `Message`, as the model has it. */
export function errorMembers(
  { code, details, message }: ServiceError,
  capitalised?: ReadonlySet<string>,
): Record<string, unknown> {
  return { ...details, [capitalised?.has(code) ? 'Message' : 'message']: message }
}

/** The header with the error's code in awsQuery; none if the service never spoke it. */
export function queryErrorHeader(
  { status }: ServiceError,
  queryCode: string | undefined,
): Record<string, string> {
  if (queryCode === undefined) return {}
  return { 'x-amzn-query-error': `${queryCode};${status < 500 ? 'Sender' : 'Receiver'}` }
}

function contentType(version: string): Record<string, string> {
  return { 'content-type': `application/x-amz-json-${version}` }
}
