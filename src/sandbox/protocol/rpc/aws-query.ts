import { XmlCodec } from '@aws-sdk/core/protocols'
import { XmlNode } from '@aws-sdk/xml-builder'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema, StaticStructureSchema } from '@smithy/types'
import type { ServiceError } from '../service-error.ts'
import { checkShape } from '../shape.ts'
import type { WireRequest, WireResponse } from '../wire.ts'
import { readForm } from './read-form.ts'

/** The fields of an awsQuery request, in its body or its query; `Action` names the operation. */
export function queryForm(request: WireRequest): URLSearchParams {
  if (request.method === 'GET') return request.query
  return new URLSearchParams(Buffer.from(request.body).toString('utf8'))
}

/** Decodes the form's fields by the operation's input schema. @throws ServiceError 400 */
export function decodeAwsQuery(schema: StaticOperationSchema, form: URLSearchParams): object {
  const structure = NormalizedSchema.of(schema[4])
  if (structure.isUnitSchema()) return {}
  const input = readForm(structure, form)
  checkShape(structure, input)
  return input
}

const metadata: StaticStructureSchema = [3, 'sandbox', 'ResponseMetadata', 0, ['RequestId'], [0]]

/** Encodes the output as `<XResponse><XResult>…`. */
export function encodeAwsQuery(
  schema: StaticOperationSchema,
  xmlNamespace: string,
  output: object,
  requestId: string,
): WireResponse {
  const operation = schema[2]
  const result = `${operation}Result`
  const hasResult = !NormalizedSchema.of(schema[5]).isUnitSchema()
  const [names, schemas] = hasResult
    ? [
        [result, 'ResponseMetadata'],
        [schema[5], () => metadata],
      ]
    : [['ResponseMetadata'], [() => metadata]]
  const answer: StaticStructureSchema = [3, 'sandbox', `${operation}Response`, 0, names, schemas]
  const serializer = new XmlCodec({
    timestampFormat: { useTrait: true, default: 5 },
    httpBindings: false,
    xmlNamespace,
    serviceNamespace: 'sandbox',
  }).createSerializer()
  serializer.write(answer, { [result]: output, ResponseMetadata: { RequestId: requestId } })
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: serializer.flush() }
}

/** An error in awsQuery, with the code that it has in this protocol. */
export function awsQueryError(error: ServiceError, code: string, requestId: string): WireResponse {
  const body = new XmlNode('ErrorResponse', [
    new XmlNode('Error', [
      XmlNode.of('Type', error.status < 500 ? 'Sender' : 'Receiver'),
      XmlNode.of('Code', code),
      XmlNode.of('Message', error.message),
    ]),
    XmlNode.of('RequestId', requestId),
  ])
  return { status: error.status, headers: { 'content-type': 'text/xml' }, body: body.toString() }
}
