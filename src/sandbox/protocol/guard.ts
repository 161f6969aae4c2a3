import type { IncomingHttpHeaders } from 'node:http'
import { ServiceError } from './service-error.ts'
import type { WireRequest } from './wire.ts'

const scope = /^([^/\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request$/

/** The parts of a SigV4 credential. */
export interface Credential {
  accessKey: string
  region: string
  signingName: string
}

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
 * Reads the credential of a request from its SigV4 Authorization header or its presigned query. Refuses requests that
 * no AWS client sends: without a credential, or from a web page.
 *
 * @throws ServiceError 403
 */
export function requireCredential({ headers, query }: Pick<WireRequest, 'headers' | 'query'>): Credential {
  refuseWebPages(headers)
  const authorization = headers.authorization ?? ''
  const presigned = query.get('X-Amz-Credential')
  if (authorization === '' && presigned === null) {
    throw new ServiceError('MissingAuthenticationTokenException', 403, 'Missing Authentication Token')
  }
  const signed = authorization.startsWith('AWS4-HMAC-SHA256 ')
    ? /Credential=([^\s,]+)/.exec(authorization)?.[1]
    : undefined
  const match = scope.exec(authorization === '' ? (presigned ?? '') : (signed ?? ''))
  if (!match) {
    throw new ServiceError(
      'IncompleteSignatureException',
      403,
      'Authorization header requires a SigV4 Credential parameter with a valid scope.',
    )
  }
  const [, accessKey = '', region = '', signingName = ''] = match
  return { accessKey, region, signingName }
}
