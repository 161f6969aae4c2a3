import type { Fault } from '../faults/fault.ts'
import { askSandbox } from './ask-sandbox.ts'

/** The status that a running sandbox returns to a client with its key. */
export interface SandboxStatus {
  pid: number
  /** In the order of Region and name. */
  functions: {
    region: string
    name: string
    /** The number of published versions. */
    versions: number
  }[]
  /** The number of execution environments that are alive. */
  environments: number
  /** The memory of the sandbox itself, without its handlers, bytes. */
  memoryBytes: number
  /** How much faster than real time its clock runs. */
  speed: number
  /** Its time, milliseconds since the epoch. */
  time: number
  faults: Fault[]
}

/**
 * Asks the sandbox at a loopback port for its status.
 *
 * @returns undefined if nothing answers in time, or another program does
 */
export async function askStatus(port: number, accessKey: string): Promise<SandboxStatus | undefined> {
  try {
    const { body } = await askSandbox({ port, accessKey })
    const status = body as SandboxStatus
    return Number.isInteger(status.pid) && Array.isArray(status.functions) ? status : undefined
  } catch {
    return undefined
  }
}
