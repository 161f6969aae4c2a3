import type { IncomingHttpHeaders } from 'node:http'
import { ServiceError } from './service-error.ts'

const credential = /Credential=([^/\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/

/** What a SigV4 credential scope says. */
export interface Scope {
  region: string
  signingName: string
}

/**
 * Reads the credential scope of a request and refuses what no AWS client sends: a request without a SigV4
 * Authorization header, or one with an Origin (a web page that reaches for loopback). The signature itself is not
 * verified: any credentials do.
 *
 * @throws ServiceError 403
 */
export function requireScope(headers: IncomingHttpHeaders): Scope {
  if (headers.origin !== undefined) {
    throw new ServiceError('AccessDeniedException', 403, 'Requests from web pages are refused.')
  }
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
