import type { IncomingHttpHeaders } from 'node:http'
import { ServiceError } from './service-error.ts'

const credential = /Credential=([^/\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/

/** What a SigV4 credential scope says. */
export interface Scope {
  region: string
  signingName: string
}

/** The names that loopback goes by. A web page that had its own name resolve to loopback sends that name. */
const loopback = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/

/**
 * Refuses a web page that reaches for loopback: its request has an Origin, or a Host of its own.
 *
 * @throws ServiceError 403
 */
export function refuseWebPages(headers: IncomingHttpHeaders): void {
  if (headers.origin !== undefined || !loopback.test(headers.host ?? '')) {
    throw new ServiceError('AccessDeniedException', 403, 'Requests from web pages are refused.')
  }
}

/**
 * Reads the credential scope of a request and refuses what no AWS client sends: a request without a SigV4
 * Authorization header, or one of a web page. The signature itself is not verified: any credentials do.
 *
 * @throws ServiceError 403
 */
export function requireScope(headers: IncomingHttpHeaders): Scope {
  refuseWebPages(headers)
  const authorization = headers.authorization ?? ''
  if (authorization === '') {
    throw new ServiceError('MissingAuthenticationTokenException', 403, 'Missing Authentication Token')
  }
  const match = authorization.startsWith('AWS4-HMAC-SHA256 ') ? credential.exec(authorization) : null
  if (!match) {
    throw new ServiceError(
      'IncompleteSignatureException',
      403,
      'Authorization header requires a SigV4 Credential parameter with a valid scope.',
    )
  }
  return { region: match[2] ?? '', signingName: match[3] ?? '' }
}
