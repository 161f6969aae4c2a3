import { runInNewContext } from 'node:vm'

/**
 * Runs work that waits for nothing, and ends it after a time.
 *
 * @param ms milliseconds
 * @throws Error if the work did not end by then, and as the work
 */
export function within<Result>(ms: number, work: () => Result): Result {
  return runInNewContext('work()', { work }, { timeout: ms }) as Result
}
