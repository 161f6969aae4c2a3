import type { FoundKey } from '../sandbox-key/key-file.ts'
import { askOwn } from './ask-own.ts'

/** The time for a sandbox to end its handlers and to remove its files, milliseconds. */
const patienceMs = 30_000

/**
 * Empties a sandbox, or one of its services.
 *
 * @throws LambdactlError USAGE for a service that the sandbox does not have, UNREACHABLE
 */
export async function resetSandbox(key: FoundKey, service: string | undefined): Promise<void> {
  const body = service === undefined ? {} : { service }
  await askOwn(key, { method: 'POST', path: '/reset', body, patienceMs })
}
