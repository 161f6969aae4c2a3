import type { RequestListener } from 'node:http'
import type { Account, Forget } from './account.ts'
import type { PartName } from './parts.ts'

/** An account whose services can be emptied while clients reach it. */
export interface Renewable {
  /** Requests that come during a reset wait for its end. */
  listener: RequestListener
  /** Ends services with their handlers, forgets all that they hold, and begins with empty ones. */
  reset(names: readonly PartName[]): Promise<void>
}

interface Steps {
  /** Answers requests to an account as it is now. */
  listen: (account: Account) => RequestListener
  forget: Forget
}

/** A new service in place of the old one leaves nothing behind, whatever it holds. */
export function renewable(account: Account, { listen, forget }: Steps): Renewable {
  let answer = listen(account)
  let ready = Promise.resolve()
  const renew = async (names: readonly PartName[]) => {
    try {
      await account.renew(names, forget)
    } finally {
      answer = listen(account)
    }
  }
  return {
    listener: (message, response) => void ready.then(() => answer(message, response)),
    reset(names) {
      const renewed = ready.then(() => renew(names))
      ready = renewed.catch(() => undefined)
      return renewed
    },
  }
}
