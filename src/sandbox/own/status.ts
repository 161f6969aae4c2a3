import { askSandbox } from './ask-sandbox.ts'

/** The status that a running sandbox returns to a client with its key. */
export interface SandboxStatus {
  pid: number
  /** In the order of Region and name. */
  functions: { region: string; name: string }[]
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
