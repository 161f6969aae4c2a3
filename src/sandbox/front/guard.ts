import type { IncomingHttpHeaders } from 'node:http'
import { ServiceError } from '../protocol/service-error.ts'
import type { WireRequest } from '../protocol/wire.ts'

const scope = /^([^/\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request$/

/** The parts of a credential. */
export interface Credential {
  accessKey: string
  /** Empty for S3's older presigned links, which name no Region. */
  region: string
  signingName: string
  sessionToken: string | undefined
}

type Signed = Pick<WireRequest, 'headers' | 'query'>

/** The host names of loopback. A web page whose name resolves to loopback sends its own name. */
const loopback = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/

/**
 * Refuses a web page that calls loopback: its request has an Origin, or its own Host.
 *
 * @throws ServiceError 403
 */
export function refuseWebPages(headers: IncomingHttpHeaders): void {
  if (headers.origin !== undefined || !loopback.test(headers.host ?? '')) {
    throw new ServiceError('AccessDeniedException', 403, 'Requests from web pages are refused.')
  }
}

/**
 * Reads the credential of a request from its SigV4 Authorization header or its presigned query.
 *
 * @param now milliseconds since the epoch
 * @returns undefined for an unsigned request
 * @throws ServiceError 403 for a signature of another form, or a link whose time is over
 */
export function credentialOf({ headers, query }: Signed, now: number): Credential | undefined {
  const { authorization = '' } = headers
  if (authorization !== '') {
    const signed = authorization.startsWith('AWS4-HMAC-SHA256 ')
      ? /Credential=([^\s,]+)/.exec(authorization)?.[1]
      : undefined
    return parsed(signed, textOf(headers['x-amz-security-token']))
  }
  const presigned = query.get('X-Amz-Credential')
  if (presigned !== null) {
    refuseLate(signedAt(query.get('X-Amz-Date')) + Number(query.get('X-Amz-Expires')) * 1000, now)
    return parsed(presigned, query.get('X-Amz-Security-Token') ?? undefined)
  }
  return olderCredential(query, now)
}

/** Older clients sign S3's links by version 2. */
function olderCredential(query: URLSearchParams, now: number): Credential | undefined {
  const accessKey = query.get('AWSAccessKeyId')
  if (accessKey === null || !query.has('Signature')) return undefined
  refuseLate(Number(query.get('Expires')) * 1000, now)
  const sessionToken = query.get('x-amz-security-token') ?? undefined
  return { accessKey, region: '', signingName: 's3', sessionToken }
}

function parsed(text: string | undefined, sessionToken: string | undefined): Credential {
  const match = scope.exec(text ?? '')
  if (!match) {
    throw new ServiceError(
      'IncompleteSignatureException',
      403,
      'Authorization header requires a SigV4 Credential parameter with a valid scope.',
    )
  }
  const [, accessKey = '', region = '', signingName = ''] = match
  return { accessKey, region, signingName, sessionToken }
}

/** As in `20261121T100000Z`; NaN for another text. */
function signedAt(date: string | null): number {
  return Date.parse((date ?? '').replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'))
}

function refuseLate(end: number, now: number): void {
  if (now <= end) return
  if (Number.isNaN(end)) {
    const message = 'Query-string authentication requires the date and the duration of its signature.'
    throw new ServiceError('AuthorizationQueryParametersError', 400, message)
  }
  throw new ServiceError('AccessDenied', 403, 'Request has expired', {
    Expires: new Date(end).toISOString(),
    ServerTime: new Date(now).toISOString(),
  })
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
