import type { IncomingHttpHeaders } from 'node:http'
import { translateTraits } from '@smithy/core/schema'
import type { $Codec, StaticErrorSchema, StaticOperationSchema } from '@smithy/types'
import type { WireRequest, WireResponse } from './wire.ts'

/** The caller and the Region, from the request's SigV4 credential scope. */
export interface Call {
  account: string
  region: string
  requestId: string
  /** The address of the sandbox in the request, as in `127.0.0.1:4510`. */
  host: string
  /** The owner of a temporary key that signed the request; undefined for the sandbox's own key. */
  caller?: Caller | undefined
}

/** Who signed a request, as GetCallerIdentity says it. */
export interface Caller {
  arn: string
  userId: string
}

/** One API operation: takes the decoded input, returns the output to encode; throws `ServiceError`. */
export type Operation<Input, Output> = (input: Input, call: Call) => Promise<Output> | Output

/**
 * Operations by their AWS name. `never` lets a table hold operations of any input; the schema decodes what each
 * expects.
 */
export type Operations = Record<string, Operation<never, object>>

/** The wire protocol of a service. `capitalised` holds the errors whose text is in `Message`, not in `message`. */
export type Protocol =
  | { kind: 'restJson1'; capitalised: ReadonlySet<string> }
  | {
      kind: 'awsJson'
      version: '1.0' | '1.1'
      /** The prefixes of its operations' names. */
      target: string | readonly string[]
      capitalised?: ReadonlySet<string>
    }
  | { kind: 'rpcV2Cbor'; service: string; capitalised?: ReadonlySet<string> }
  | { kind: 'awsQuery'; version: string; xmlNamespace: string }
  | {
      kind: 'restXml'
      xml: XmlCodec
      route(request: WireRequest): RoutedRequest | undefined
      /** The parts of an answer that differ from the model. */
      special(operation: string, output: object): Partial<WireResponse>
    }

/** A codec for XML bodies by schema: the one of the service's own client. */
export type XmlCodec = $Codec<string, string>

/** The operation and input of a request. */
export interface RoutedRequest {
  operation: string
  /** Path labels, decoded. */
  labels: Record<string, string>
}

/** One emulated AWS service, found by the service name in the credential scope (`monitoring`, `logs`, …). */
export interface Service {
  signingName: string
  protocol: Protocol
  /** Other protocols that the service speaks; the headers of a request tell which. */
  olderAndNewer?: readonly Protocol[]
  /** The operation schemas that the service's SDK client exports, by operation name. */
  schemas: Map<string, StaticOperationSchema>
  /** For services that once used awsQuery: the old error codes, by the present code. */
  queryCodes?: Map<string, string>
  operations: Operations
  /** For a service that few use: its schemas and operations, which the first request loads; it has none before. */
  deferred?: Deferred
  /** Operations that clients call without a signature; each checks by itself who calls. */
  unsigned?: readonly string[]
  /** For a service that reads bodies as streams: the largest body, bytes. */
  largestStream?: number
  /** Pages of this service that are no operations. */
  site?: Site
  /** Returns the content behind a link of this service, if the link needs no credentials, like a presigned one. */
  download?(path: string, query: URLSearchParams): Promise<Uint8Array | undefined>
}

/** The parts of a service that are loaded late. */
interface Deferred {
  operationNames: readonly string[]
  load(): Promise<Pick<Service, 'schemas' | 'operations' | 'queryCodes'>>
}

/** HTTP pages that a service serves beside its operations. */
export interface Site {
  /** @param path still percent-encoded */
  owns(path: string): boolean
  /** Bytes. */
  largestBody: number
  answer(request: SiteRequest): Promise<WireResponse>
}

/** A request for a page. Nobody needs to have signed it. */
export interface SiteRequest {
  method: string
  /** Still percent-encoded, without the query. */
  path: string
  /** As it was sent. */
  queryString: string
  headers: IncomingHttpHeaders
  body: Uint8Array
  requestId: string
  sourceAddress: string
  /** The key that signed the request, if it is the sandbox's or a session's. */
  accessKey: string | undefined
}

/**
 * Picks the operation schemas out of an SDK client's exports (`UpdateAlias$`: a tuple that starts with 9).
 *
 * @param client the module namespace of an SDK client
 */
export function operationSchemas(client: Record<string, unknown>): Map<string, StaticOperationSchema> {
  const schemas = new Map<string, StaticOperationSchema>()
  for (const value of Object.values(client)) {
    if (Array.isArray(value) && value[0] === 9) schemas.set(String(value[2]), value as StaticOperationSchema)
  }
  return schemas
}

/** Picks the errors out of an SDK client's error schemas whose text is in `Message`; in all others it is in `message`. */
export function errorsWithMessage(client: Record<string, unknown>): Set<string> {
  const schemas = Object.values(client).filter(isErrorSchema)
  return new Set(schemas.filter(([, , , , members]) => members.includes('Message')).map(([, , name]) => name))
}

/** Picks the awsQuery codes out of an SDK client's error schemas (an error schema is a tuple that starts with -3). */
export function queryErrorCodes(client: Record<string, unknown>): Map<string, string> {
  const codes = new Map<string, string>()
  for (const value of Object.values(client)) {
    if (!isErrorSchema(value)) continue
    const [, , name, traits] = value
    const trait = translateTraits(traits)['awsQueryError']
    if (Array.isArray(trait)) codes.set(name, String(trait[0]))
  }
  return codes
}

function isErrorSchema(value: unknown): value is StaticErrorSchema {
  return Array.isArray(value) && value[0] === -3
}
