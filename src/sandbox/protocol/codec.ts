import type { IncomingHttpHeaders } from 'node:http'
import type { StaticOperationSchema } from '@smithy/types'
import { awsJsonError, awsJsonOperation, decodeAwsJson, encodeAwsJson } from './aws-json.ts'
import { decodeRestJson, encodeRestJson, restJsonError, restJsonRouter } from './rest-json.ts'
import { decodeRestXml, encodeRestXml, restXmlBindings, restXmlError, restXmlIds } from './rest-xml.ts'
import { awsQueryError, decodeAwsQuery, encodeAwsQuery, queryForm } from './rpc/aws-query.ts'
import { cborError, cborOperation, decodeCbor, encodeCbor } from './rpc/cbor.ts'
import type { Protocol, Service } from './service.ts'
import type { ServiceError } from './service-error.ts'
import type { WireRequest, WireResponse } from './wire.ts'

/** A request matched to an operation, with the way to read its input and write its output. */
interface Matched {
  operation: string
  decode(): Promise<object>
  encode(output: object, requestId: string): WireResponse
}

/** One service's protocol: finds the operation of a request and writes errors. */
export interface Codec {
  kind: Protocol['kind']
  match(request: WireRequest): Matched | undefined
  error(error: ServiceError, requestId: string): WireResponse
}

type Schemas = Service['schemas']

/** Chooses the codec of a request by its headers: a service may speak several protocols. */
export type Codecs = (headers: IncomingHttpHeaders) => Codec

/** The codecs of a service. */
export function codecsFor(service: Service): Codecs {
  const usual = codecFor(service, service.protocol)
  const others = (service.olderAndNewer ?? []).map((protocol) => codecFor(service, protocol))
  return (headers) => others.find(({ kind }) => kind === spokenKind(headers)) ?? usual
}

/** The protocol that a request's headers tell, whatever its service is. */
function spokenKind(headers: IncomingHttpHeaders): Protocol['kind'] | undefined {
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return 'rpcV2Cbor'
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  return isForm ? 'awsQuery' : undefined
}

function codecFor({ schemas, queryCodes }: Service, protocol: Protocol): Codec {
  const { kind } = protocol
  switch (protocol.kind) {
    case 'restJson1':
      return restJsonCodec(schemas, protocol.capitalised)
    case 'awsJson':
      return {
        kind,
        match: (request) =>
          bySchema(schemas, awsJsonOperation(protocol.target, request), (operation, schema) => ({
            operation,
            decode: () => decodeAwsJson(schema, request),
            encode: (output) => encodeAwsJson(schema, protocol.version, output),
          })),
        error: (error) =>
          awsJsonError(protocol.version, error, queryCodes?.get(error.code), protocol.capitalised),
      }
    case 'awsQuery':
      return {
        kind,
        match(request) {
          const form = queryForm(request)
          return bySchema(schemas, form.get('Action') ?? undefined, (operation, schema) => ({
            operation,
            decode: async () => decodeAwsQuery(schema, form),
            encode: (output, requestId) => encodeAwsQuery(schema, protocol.xmlNamespace, output, requestId),
          }))
        },
        error: (error, requestId) =>
          awsQueryError(error, queryCodes?.get(error.code) ?? error.code, requestId),
      }
    case 'rpcV2Cbor':
      return {
        kind,
        match: (request) =>
          bySchema(schemas, cborOperation(protocol.service, request), (operation, schema) => ({
            operation,
            decode: async () => decodeCbor(schema, request),
            encode: (output) => encodeCbor(schema, output),
          })),
        error: (error) => cborError(error, queryCodes?.get(error.code), protocol.capitalised),
      }
    case 'restXml':
      return restXmlCodec(schemas, protocol)
  }
}

function restJsonCodec(schemas: Schemas, capitalised: ReadonlySet<string>): Codec {
  const route = restJsonRouter(schemas)
  return {
    kind: 'restJson1',
    match(request) {
      const matched = route(request)
      if (!matched) return undefined
      return {
        operation: matched.operation,
        decode: () => decodeRestJson(matched, request),
        encode: (output) => encodeRestJson(matched, output),
      }
    },
    error: (error) => restJsonError(error, capitalised),
  }
}

function restXmlCodec(schemas: Schemas, protocol: Extract<Protocol, { kind: 'restXml' }>): Codec {
  const bindings = restXmlBindings(protocol.xml)
  return {
    kind: 'restXml',
    match(request) {
      const routed = protocol.route(request)
      return bySchema(schemas, routed?.operation, (operation, schema) => ({
        operation,
        decode: () => decodeRestXml(bindings, schema, routed?.labels ?? {}, request),
        encode(output, requestId) {
          const encoded = encodeRestXml(bindings, schema, output)
          const headers = { ...encoded.headers, ...restXmlIds(requestId) }
          return { ...encoded, headers, ...protocol.special(operation, output) }
        },
      }))
    },
    error: restXmlError,
  }
}

function bySchema(
  schemas: Schemas,
  operation: string | undefined,
  matched: (operation: string, schema: StaticOperationSchema) => Matched,
): Matched | undefined {
  const schema = operation === undefined ? undefined : schemas.get(operation)
  return operation === undefined || schema === undefined ? undefined : matched(operation, schema)
}
