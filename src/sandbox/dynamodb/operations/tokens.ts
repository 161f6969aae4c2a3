import { isDeepStrictEqual } from 'node:util'
import { ServiceError } from '../../protocol/service-error.ts'

/** A token of a transaction is known so long after it, milliseconds. */
const tokenMs = 600_000

/** The transactions that may be asked for again, by the tokens of their clients. */
export interface Tokens {
  /** Whether a transaction was made already. @throws ServiceError 400 if its token was that of another one */
  isRepeated(region: string, token: string | undefined, input: object): boolean
  keep(region: string, token: string | undefined, input: object): void
}

export function tokensOf(clock: () => number): Tokens {
  const known = new Map<string, { input: object; at: number }>()
  return {
    isRepeated(region, token, input) {
      const found = token === undefined ? undefined : known.get(`${region}/${token}`)
      if (!found || clock() - found.at > tokenMs) return false
      if (isDeepStrictEqual(found.input, input)) return true
      throw new ServiceError(
        'IdempotentParameterMismatchException',
        400,
        'The client token has been used with other parameters in the last 10 minutes.',
      )
    },
    keep(region, token, input) {
      if (token === undefined) return
      const now = clock()
      for (const [key, { at }] of known) if (now - at > tokenMs) known.delete(key)
      known.set(`${region}/${token}`, { input, at: now })
    },
  }
}
