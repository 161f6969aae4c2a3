import { LambdactlError } from '../../errors/error.ts'
import type { FoundKey } from '../sandbox-key/key-file.ts'
import { allKeys, keyAt } from '../sandbox-key/read-key.ts'

/** The sandbox that a person means. */
export interface WantedSandbox {
  /** Undefined for the only one. */
  port: number | undefined
  /** The command line as it was typed, for the choice between several. */
  line: string
}

/**
 * The sandbox of this user at a port, or the only one if no port is named.
 *
 * @returns undefined if there is none
 * @throws LambdactlError USAGE if no port is named and there are several
 */
export function chooseRunning({ port, line }: WantedSandbox): FoundKey | undefined {
  if (port !== undefined) return keyAt(port, process.env)
  const keys = allKeys(process.env)
  if (keys.length < 2) return keys[0]
  const ports = keys.map((key) => key.port)
  throw new LambdactlError(
    'USAGE',
    `${ports.length} sandboxes of yours are running, at the ports ${ports.join(', ')}: name one.`,
    { next: ports.map((each) => `${line} --port ${each}`) },
  )
}
