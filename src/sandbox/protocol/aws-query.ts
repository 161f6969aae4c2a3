import { XmlNode } from '@aws-sdk/xml-builder'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import type { ServiceError } from './service-error.ts'
import type { WireRequest, WireResponse } from './wire.ts'

/** The form fields of an awsQuery request; `Action` names the operation. */
export function queryForm(request: WireRequest): URLSearchParams {
  return new URLSearchParams(Buffer.from(request.body).toString('utf8'))
}

/** Decodes the form's scalar fields by the operation's input schema; the emulated operations have only such fields. */
export function decodeAwsQuery(schema: StaticOperationSchema, form: URLSearchParams): object {
  const input: Record<string, string> = {}
  for (const [name] of NormalizedSchema.of(schema[4]).structIterator()) {
    const value = form.get(name)
    if (value !== null) input[name] = value
  }
  return input
}

/** Encodes the output's scalar members as `<XResponse><XResult>…`. */
export function encodeAwsQuery(
  {
    operation,
    schema,
    xmlNamespace,
  }: { operation: string; schema: StaticOperationSchema; xmlNamespace: string },
  output: object,
  requestId: string,
): WireResponse {
  const result = new XmlNode(`${operation}Result`)
  const values = output as Record<string, unknown>
  for (const [name] of NormalizedSchema.of(schema[5]).structIterator()) {
    if (values[name] !== undefined) result.addChildNode(XmlNode.of(name, String(values[name])))
  }
  const metadata = new XmlNode('ResponseMetadata', [XmlNode.of('RequestId', requestId)])
  const root = new XmlNode(`${operation}Response`, [result, metadata]).addAttribute('xmlns', xmlNamespace)
  return { status: 200, headers: { 'content-type': 'text/xml' }, body: root.toString() }
}

export function awsQueryError(error: ServiceError, requestId: string): WireResponse {
  const body = new XmlNode('ErrorResponse', [
    new XmlNode('Error', [
      XmlNode.of('Type', error.status < 500 ? 'Sender' : 'Receiver'),
      XmlNode.of('Code', error.code),
      XmlNode.of('Message', error.message),
    ]),
    XmlNode.of('RequestId', requestId),
  ])
  return { status: error.status, headers: { 'content-type': 'text/xml' }, body: body.toString() }
}
