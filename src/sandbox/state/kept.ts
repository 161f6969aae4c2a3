import type { ServiceError } from '../protocol/service-error.ts'
import { tellOfStorage } from './storage.ts'

/** Keeps what requests change. */
export interface Kept {
  /** Begins a request. What it gives is called before the answer: it writes, and gives the error where it could not. */
  begin(): () => ServiceError | undefined
  /** Told why the disk does not take something, in words. */
  onStorageFailure(reason: string): void
}

/** A sandbox without state. */
export const keepsNothing: Kept = { begin: () => () => undefined, onStorageFailure: tellOfStorage }

/**
 * Runs an operation, and writes to disk what changed before anybody is told: by a read too, or by an error, since both may
 * tell of what others changed.
 *
 * @param name the operation's, as AWS has it
 * @throws ServiceError 507 where what the operation acknowledges could not be written; and what the operation throws
 */
export async function runKept(
  kept: Kept,
  name: string,
  operation: () => Promise<object> | object,
): Promise<object> {
  const write = kept.begin()
  try {
    const output = await operation()
    const failure = write()
    if (failure && acknowledges(name, output)) throw failure
    return output
  } catch (error) {
    write()
    throw error
  }
}

/** Whether an answer says that something was taken in. That of a function that ran says what it gave. */
function acknowledges(name: string, output: { StatusCode?: number }): boolean {
  if (name === 'Invoke') return output.StatusCode === 202
  return !/^(?:Get|List|Describe|Head|Filter)/.test(name)
}
