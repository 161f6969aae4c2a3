import type { StaticOperationSchema } from '@smithy/types'
import { awsJsonError, awsJsonOperation, decodeAwsJson, encodeAwsJson } from './aws-json.ts'
import { awsQueryError, decodeAwsQuery, encodeAwsQuery, queryForm } from './aws-query.ts'
import { decodeRestJson, encodeRestJson, restJsonError, restJsonRouter } from './rest-json.ts'
import { decodeRestXml, encodeRestXml, restXmlBindings, restXmlError } from './rest-xml.ts'
import type { Service } from './service.ts'
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
  match(request: WireRequest): Matched | undefined
  error(error: ServiceError, requestId: string): WireResponse
}

/** The codec of a service's protocol. */
export function codecFor({ protocol, schemas, queryCodes }: Service): Codec {
  switch (protocol.kind) {
    case 'restJson1': {
      const route = restJsonRouter(schemas)
      return {
        match(request) {
          const matched = route(request)
          if (!matched) return undefined
          return {
            operation: matched.operation,
            decode: () => decodeRestJson(matched, request),
            encode: (output) => encodeRestJson(matched, output),
          }
        },
        error: restJsonError,
      }
    }
    case 'awsJson':
      return {
        match: (request) =>
          bySchema(schemas, awsJsonOperation(protocol.target, request), (operation, schema) => ({
            operation,
            decode: () => decodeAwsJson(schema, request),
            encode: (output) => encodeAwsJson(schema, protocol.version, output),
          })),
        error: (error) => awsJsonError(protocol.version, error, queryCodes?.get(error.code)),
      }
    case 'awsQuery':
      return {
        match(request) {
          const form = queryForm(request)
          return bySchema(schemas, form.get('Action') ?? undefined, (operation, schema) => ({
            operation,
            decode: async () => decodeAwsQuery(schema, form),
            encode: (output, requestId) =>
              encodeAwsQuery({ operation, schema, xmlNamespace: protocol.xmlNamespace }, output, requestId),
          }))
        },
        error: awsQueryError,
      }
    case 'restXml': {
      const bindings = restXmlBindings(protocol.xml)
      return {
        match(request) {
          const routed = protocol.route(request)
          return bySchema(schemas, routed?.operation, (operation, schema) => ({
            operation,
            decode: () => decodeRestXml(bindings, schema, routed?.labels ?? {}, request),
            encode: (output) => encodeRestXml(bindings, schema, output),
          }))
        },
        error: restXmlError,
      }
    }
  }
}

function bySchema(
  schemas: Map<string, StaticOperationSchema>,
  operation: string | undefined,
  matched: (operation: string, schema: StaticOperationSchema) => Matched,
): Matched | undefined {
  const schema = operation === undefined ? undefined : schemas.get(operation)
  return operation === undefined || schema === undefined ? undefined : matched(operation, schema)
}
