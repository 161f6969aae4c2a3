import type { ErrorReport } from '../error-report.ts'

/** What a sandbox in the background tells the command that starts it, once: that it can be reached, or why not. */
export type DetachedMessage = { ready: ReadyFacts } | { error: ErrorReport }

/** How to reach a sandbox that runs. */
export interface ReadyFacts {
  url: string
  account: string
  accessKey: string
  /** Whether handlers are kept from the user's credentials and other processes. */
  handlersApart: boolean
  pid: number
  /** Where lambdactl finds the key by itself; absent where it does not. */
  keyFile?: string
  /** The file that one in the background writes to; absent for others. */
  log?: string
}

/** Whether this process is a sandbox that another command starts in the background, and waits for. */
export function isDetached(): boolean {
  return process.send !== undefined && process.env[detachedVariable] === '1'
}

/** Tells a child of the program that it is one, since others may start `sandbox start` with a channel of their own. */
export const detachedVariable = '_LAMBDACTL_DETACHED'

/** Tells the command that waits, which then goes. */
export async function tellStarter(message: DetachedMessage): Promise<void> {
  if (!process.connected) return
  const { promise, resolve } = Promise.withResolvers<void>()
  // A starter that is gone is not told, and needs to know nothing.
  process.send?.(message, undefined, undefined, () => resolve())
  await promise
  if (process.connected) process.disconnect()
}
