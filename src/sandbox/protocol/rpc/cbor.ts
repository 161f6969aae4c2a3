import { CborCodec } from '@smithy/core/cbor'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticOperationSchema } from '@smithy/types'
import { errorMembers, queryErrorHeader } from '../aws-json.ts'
import { ServiceError } from '../service-error.ts'
import { checkShape } from '../shape.ts'
import type { WireRequest, WireResponse } from '../wire.ts'

const codec = new CborCodec()
/** The schema of any value. */
const document = 15

const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' }

/** The operation in the path `/service/Name/operation/Operation`; undefined if the name is another service's. */
export function cborOperation(service: string, { path }: WireRequest): string | undefined {
  const match = /\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path)
  return match?.[1] === service ? match[2] : undefined
}

/** Decodes the CBOR body by the operation's input schema; an empty body means an empty object. @throws ServiceError 400 */
export function decodeCbor(operation: StaticOperationSchema, { body }: WireRequest): object {
  const schema = NormalizedSchema.of(operation[4])
  const input: unknown = body.byteLength === 0 ? {} : read(schema, body)
  checkShape(schema, input)
  return input as object
}

function read(schema: NormalizedSchema, body: Uint8Array): unknown {
  try {
    return codec.createDeserializer().read(schema, body)
  } catch {
    const message = 'The request body is not the CBOR that the operation expects.'
    throw new ServiceError('SerializationException', 400, message)
  }
}

/** Encodes the output as a CBOR body. */
export function encodeCbor(operation: StaticOperationSchema, output: object): WireResponse {
  const schema = NormalizedSchema.of(operation[5])
  return { status: 200, headers, body: schema.isUnitSchema() ? write(document, {}) : write(schema, output) }
}

/**
 * @param queryCode the error's code in awsQuery, which older clients still show
 * @param capitalised the errors whose model has `Message`
 */
export function cborError(
  error: ServiceError,
  queryCode: string | undefined,
  capitalised?: ReadonlySet<string>,
): WireResponse {
  return {
    status: error.status,
    headers: { ...headers, ...queryErrorHeader(error, queryCode) },
    body: write(document, { __type: error.code, ...errorMembers(error, capitalised) }),
  }
}

function write(schema: NormalizedSchema | typeof document, value: object): Uint8Array {
  const serializer = codec.createSerializer()
  serializer.write(schema, value)
  return serializer.flush()
}
