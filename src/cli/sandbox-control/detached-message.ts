import type { ReadySandbox } from '../../ui/results/sandbox-start.ts'
import type { ErrorReport } from '../exit/error-report.ts'

/** A sandbox in the background tells this to the command that starts it, once: that it can be reached, or why not. */
export type DetachedMessage = { ready: ReadySandbox } | { error: ErrorReport }

/** Whether this process is a sandbox that another command starts in the background, and waits for. */
export function isDetached(): boolean {
  return process.send !== undefined && process.env[detachedVariable] === '1'
}

/** Tells a child of the program that it is one, since others may start `sandbox start` with a channel of their own. */
export const detachedVariable = '_LAMBDACTL_DETACHED'

/** Tells the command that waits, which then goes. @returns false where nobody waits, as where the command was interrupted */
export async function tellStarter(message: DetachedMessage): Promise<boolean> {
  if (!process.connected) return false
  const { promise, resolve } = Promise.withResolvers<boolean>()
  process.send?.(message, undefined, undefined, (error) => resolve(!error))
  const isTold = await promise
  if (process.connected) process.disconnect()
  return isTold
}
