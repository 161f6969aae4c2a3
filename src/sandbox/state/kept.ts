import type { ServiceError } from '../protocol/service-error.ts'
import { tellOfStorage } from './storage.ts'

/** Keeps the changes of requests. */
export interface Kept {
  /**
   * Begins a request. The returned function is called before the answer: it writes the changes, and returns an error if
   * that fails.
   */
  begin(): () => ServiceError | undefined
  /** Called with the reason when the disk refuses a write. */
  onStorageFailure(reason: string): void
}

/** A sandbox without state. */
export const keepsNothing: Kept = { begin: () => () => undefined, onStorageFailure: tellOfStorage }

/**
 * Runs an operation, and writes its changes to disk before its client is told. This includes reads and errors, since
 * both may tell of changes by others.
 *
 * @param name the operation's AWS name
 * @throws ServiceError 507 if a change that the answer acknowledges could not be written; and the operation's own
 * errors
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

/** The names of operations that only read. StartQuery and StartLiveTail keep nothing on disk. */
const reads =
  /^(?:(?:Batch)?Get|List|Describe|Head|Filter|Simulate|TestMetricFilter|StartQuery|StartLiveTail)/

/** Tells whether an answer acknowledges a change. The answer of a function that ran does not. */
function acknowledges(name: string, output: { StatusCode?: number }): boolean {
  if (name.startsWith('Invoke')) return output.StatusCode === 202
  return !reads.test(name)
}
