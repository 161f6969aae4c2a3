import type { FoundKey } from '../sandbox-key/key-file.ts'
import { askOwn } from './ask-own.ts'

/** The time for a sandbox to end its handlers and to remove its files, milliseconds. */
const patienceMs = 30_000

/** Empties a sandbox. @throws LambdactlError UNREACHABLE */
export async function resetSandbox(key: FoundKey): Promise<void> {
  await askOwn(key, { method: 'POST', path: '/reset', patienceMs })
}
