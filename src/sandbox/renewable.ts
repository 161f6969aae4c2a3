import { rm } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import path from 'node:path'
import type { Account } from './account.ts'

/** An account that can be emptied while clients reach it. */
export interface Renewable {
  readonly current: Account
  /** Requests that come during a reset wait for its end. */
  listener: RequestListener
  /** Ends all handlers, forgets everything, and begins with an empty account. */
  reset(): Promise<void>
}

interface Steps {
  open: () => Account
  /** Answers requests to an account. */
  listen: (account: Account) => RequestListener
  /** Forgets the kept records, and keeps those of the new account. */
  forget: (account: Account) => void
  /** The folder of packages and of the contents of objects. */
  directory: string
}

/** A new account in place of the old one leaves nothing behind, whatever the services hold. */
export function renewable(account: Account, { open, listen, forget, directory }: Steps): Renewable {
  let current = account
  let answer = listen(account)
  let ready = Promise.resolve()
  const renew = async () => {
    try {
      await current.close()
      await emptyFolder(directory)
    } finally {
      current = open()
      answer = listen(current)
      forget(current)
      current.resume()
    }
  }
  return {
    get current() {
      return current
    },
    listener: (message, response) => void ready.then(() => answer(message, response)),
    reset() {
      const renewed = ready.then(renew)
      ready = renewed.catch(() => undefined)
      return renewed
    },
  }
}

async function emptyFolder(directory: string): Promise<void> {
  for (const part of ['code', 'objects'])
    await rm(path.join(directory, part), { recursive: true, force: true })
}
