import type { IncomingHttpHeaders } from 'node:http'

/** An HTTP request for the codecs. */
export interface WireRequest {
  method: string
  /** Still percent-encoded, without the query. */
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** Whole and decompressed. Empty if it is on disk and the service reads `content`. */
  body: Uint8Array
  /** The body as it was sent, for a service that reads streams. */
  content?: BodyContent | undefined
}

/** A body that was received whole: in memory, or on disk if it is large. */
export interface BodyContent {
  /** Bytes. */
  size: number
  stream(): AsyncIterable<Uint8Array>
}

/** An HTTP answer, ready to be written. */
export interface WireResponse {
  status: number
  /** A list is a header for each of its values. */
  headers: Record<string, string | string[]>
  /** A stream goes on until it ends or the client leaves. */
  body: Uint8Array | string | AsyncIterable<Uint8Array>
}
