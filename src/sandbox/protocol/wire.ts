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
  body: Uint8Array | string
}
