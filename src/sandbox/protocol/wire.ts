import type { IncomingHttpHeaders } from 'node:http'

/** An HTTP request for the codecs: the body is whole and decompressed. */
export interface WireRequest {
  method: string
  /** Still percent-encoded, without the query. */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Uint8Array
}

/** An HTTP answer, ready to be written. */
export interface WireResponse {
  status: number
  headers: Record<string, string>
  /** A stream goes on until it ends or the client leaves. */
  body: Uint8Array | string | AsyncIterable<Uint8Array>
}
