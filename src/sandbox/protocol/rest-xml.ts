import { createHash } from 'node:crypto'
import { XmlNode } from '@aws-sdk/xml-builder'
import { NormalizedSchema, translateTraits } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import { HttpBindings } from './http-bindings.ts'
import type { XmlCodec } from './service.ts'
import { ServiceError } from './service-error.ts'
import { checkShape } from './shape.ts'
import type { WireRequest, WireResponse } from './wire.ts'

/** The codec of a service's messages. */
export interface RestXmlBindings {
  http: HttpBindings
  xml: XmlCodec
}

export function restXmlBindings(xml: XmlCodec): RestXmlBindings {
  return {
    xml,
    http: new HttpBindings({ timestampFormat: { useTrait: true, default: 5 }, httpBindings: true }),
  }
}

/** Decodes path, query, headers and body into the operation's input. @throws ServiceError 400 */
export async function decodeRestXml(
  { http, xml }: RestXmlBindings,
  operation: StaticOperationSchema,
  labels: Readonly<Record<string, string>>,
  request: WireRequest,
): Promise<object> {
  const schema = NormalizedSchema.of(operation[4])
  const { input, payload } = http.read(schema, labels, request)
  const [name = '', member] = payload ?? []
  if (member && !member.isBlobSchema()) input[name] = await readXml(xml, member, request.body)
  checkShape(schema, input)
  if (member?.isBlobSchema()) input[name] = request.content
  return input
}

async function readXml(xml: XmlCodec, schema: NormalizedSchema, body: Uint8Array): Promise<unknown> {
  if (body.byteLength === 0) return undefined
  try {
    return await xml.createDeserializer().read(schema, Buffer.from(body).toString('utf8'))
  } catch {
    const message =
      'The XML you provided was not well-formed or did not validate against our published schema'
    throw new ServiceError('MalformedXML', 400, message)
  }
}

/** 400: the body is no XML, or not of the operation's shape. */
export function malformedXml(): ServiceError {
  const message = 'The XML you provided was not well-formed or did not validate against our published schema'
  return new ServiceError('MalformedXML', 400, message)
}

/** Encodes an operation's output: headers as in the model, the rest as XML or unchanged. */
export function encodeRestXml(
  { http, xml }: RestXmlBindings,
  operation: StaticOperationSchema,
  output: object,
): WireResponse {
  const schema = NormalizedSchema.of(operation[5])
  const { headers, payload, rest } = http.write(schema, output)
  const [, , status = 200] = translateTraits(operation[3]).http ?? []
  if (payload) {
    const [member, value] = payload
    if (!member.isStructSchema()) return { status, headers, body: value as Uint8Array }
    return { status, headers: { ...headers, ...xmlType }, body: written(xml, member, value as object) }
  }
  if (Object.keys(rest).length === 0) return { status, headers, body: '' }
  return { status, headers: { ...headers, ...xmlType }, body: written(xml, schema, rest) }
}

const xmlType = { 'content-type': 'application/xml' }

function written(xml: XmlCodec, schema: NormalizedSchema, value: object): string {
  const serializer = xml.createSerializer()
  serializer.write(schema, value)
  return serializer.flush()
}

/** The names of a request in S3's headers. AWS's support asks for both. */
export function restXmlIds(requestId: string) {
  return { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId(requestId) }
}

function hostId(requestId: string): string {
  return createHash('sha512').update(requestId).digest('base64')
}

/** An error in restXml without a wrapper. A client follows a bucket to the Region in the header. */
export function restXmlError(error: ServiceError, requestId: string): WireResponse {
  const { Region: region, ETag: etag } = error.details
  const headers = {
    'content-type': 'application/xml',
    ...restXmlIds(requestId),
    ...(typeof region === 'string' && { 'x-amz-bucket-region': region }),
    ...(typeof etag === 'string' && { etag }),
  }
  if (error.status === 304) return { status: 304, headers, body: '' }
  const body = new XmlNode('Error', [
    XmlNode.of('Code', error.code),
    XmlNode.of('Message', error.message),
    ...Object.entries(error.details).map(([name, value]) => XmlNode.of(name, String(value))),
    XmlNode.of('RequestId', requestId),
    XmlNode.of('HostId', hostId(requestId)),
  ])
  return { status: error.status, headers, body: body.toString() }
}
