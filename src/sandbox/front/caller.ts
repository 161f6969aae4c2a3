import type { IncomingMessage } from 'node:http'
import { hasTarget } from '../protocol/aws-json.ts'
import type { Codecs } from '../protocol/codec.ts'
import type { Caller, Protocol, Service } from '../protocol/service.ts'
import { expiredKey, isSameKey, type Session, unknownKey } from './access-key.ts'
import type { Credential } from './guard.ts'

/** A service that the sandbox has, with its protocol. */
export interface Endpoint {
  service: Service
  codecs: Codecs
}

/** The owner of the sandbox. */
export interface Owner {
  /** 12 digits. */
  account: string
  /** The key of the owner; temporary keys are the only other ones that may sign requests. */
  accessKey: string
}

/** Finds the session of a temporary key. */
export type FindSession = (accessKey: string) => Session | undefined

/**
 * The caller by the key that signed the request; undefined for the sandbox's own key.
 *
 * @param kind the protocol, for the words of the error
 * @throws ServiceError 403 for a key that is unknown or whose time is over
 */
export function callerOf(
  { accessKey, sessionToken }: Credential,
  { owner, findSession }: { owner: Owner; findSession: FindSession },
  kind: Protocol['kind'] | undefined,
): Caller | undefined {
  if (isSameKey(accessKey, owner.accessKey)) return undefined
  const session = findSession(accessKey)
  if (!session || !isSameKey(sessionToken ?? '', session.sessionToken)) throw unknownKey(kind)
  if (session.expires <= Date.now()) throw expiredKey(kind)
  return session.caller
}

/**
 * The service that an unsigned request probably means, by the marks of its protocol; so that its client can read the
 * refusal.
 */
export function likelyEndpoint(
  endpoints: ReadonlyMap<string, Endpoint>,
  { headers, url = '' }: IncomingMessage,
): Endpoint | undefined {
  const all = [...endpoints.values()]
  const ofKind = (kind: string) => all.find(({ service }) => service.protocol.kind === kind)
  const target = headers['x-amz-target']
  if (typeof target === 'string') {
    const prefix = target.split('.', 1)[0]
    return all.find(
      ({ service: { protocol } }) => protocol.kind === 'awsJson' && hasTarget(protocol.target, prefix),
    )
  }
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    return all.find(({ service }) => service.unsigned) ?? ofKind('awsQuery')
  }
  if (/^\/\d{4}-\d\d-\d\d\//.test(url)) return ofKind('restJson1')
  return headers['content-type'] === undefined || headers['x-amz-content-sha256'] !== undefined
    ? ofKind('restXml')
    : undefined
}
