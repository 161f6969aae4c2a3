import { createHash, randomBytes } from 'node:crypto'
import type { Session } from '../front/access-key.ts'
import type { FindSession } from '../front/caller.ts'
import type { Caller } from '../protocol/service.ts'
import { KeptMap } from '../state/kept-map.ts'

/** The temporary keys, by access key. */
export class Sessions {
  readonly kept = new KeptMap<Session>('session')
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** Makes credentials that serve for so many seconds. The keys can't be guessed. */
  begin(caller: Caller, seconds: number) {
    this.#removeOver()
    const { accessKey, secretKey, sessionToken } = newKeys()
    const expires = Math.floor(this.#clock() / 1000 + seconds) * 1000
    this.kept.set(accessKey, { caller, sessionToken, expires })
    return {
      AccessKeyId: accessKey,
      SecretAccessKey: secretKey,
      SessionToken: sessionToken,
      Expiration: new Date(expires),
    }
  }

  readonly find: FindSession = (accessKey) => this.kept.get(accessKey)

  /** A client is still told for an hour that its time is over. */
  #removeOver(): void {
    const longAgo = this.#clock() - 3_600_000
    for (const [key, { expires }] of this.kept) if (expires < longAgo) this.kept.delete(key)
  }
}

/** Keys that serve for a time, in AWS's form. */
export interface TemporaryKeys {
  accessKey: string
  secretKey: string
  sessionToken: string
}

/** Makes keys that nobody can guess. */
export function newKeys(): TemporaryKeys {
  return {
    accessKey: `ASIA${base32(randomBytes(20)).slice(0, 16)}`,
    secretKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(96).toString('base64'),
  }
}

/** The id of a role, in AWS's form; always the same for an ARN. */
export function roleId(arn: string): string {
  return `AROA${base32(createHash('sha256').update(arn).digest()).slice(0, 17)}`
}

function base32(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('')
}
