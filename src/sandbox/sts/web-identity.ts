import { ServiceError } from '../protocol/service-error.ts'

/** The claims of a token that STS repeats or checks. */
export interface Claims {
  iss: string
  sub: string
  aud: string
}

/**
 * Reads a JSON Web Token of OpenID Connect. Its signature is not verified: the issuer's keys are not known here.
 *
 * @param now milliseconds since the epoch
 * @throws ServiceError 400 for a token that is none, or whose time is over
 */
export function claimsOf(token: string, now: number): Claims {
  const payload = parsedPart(token.split('.')[1])
  if (!/^[\w-]+\.[\w-]+\.[\w-]*$/.test(token) || !payload) {
    throw invalid(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    )
  }
  const { iss, sub, aud, exp } = payload
  const audience: unknown = Array.isArray(aud) ? aud[0] : aud
  if (typeof iss !== 'string') throw invalid('Missing a required claim: iss')
  if (typeof sub !== 'string') throw invalid('Missing a required claim: sub')
  if (typeof audience !== 'string') throw invalid('Missing a required claim: aud')
  if (typeof exp === 'number' && exp * 1000 <= now) {
    const seconds = Math.floor(now / 1000)
    const message = `Token expired: current date/time ${seconds} must be before the expiration date/time ${exp}`
    throw new ServiceError('ExpiredTokenException', 400, message)
  }
  return { iss, sub, aud: audience }
}

function parsedPart(text = ''): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidIdentityToken', 400, message)
}
