import type { ReadySandbox } from '../../ui/results/sandbox-start.ts'
import type { ErrorReport } from '../exit/error-report.ts'

/**
 * The message of a sandbox in the background to the command that starts it, sent once: it can be reached, or the reason
 * why not.
 */
export type DetachedMessage = { ready: ReadySandbox } | { error: ErrorReport }

/** Tells whether this process is a sandbox that another command starts in the background, and waits for. */
export function isDetached(): boolean {
  return process.send !== undefined && process.env[detachedVariable] === '1'
}

/** Marks a child of lambdactl, since other programs may start `sandbox start` with a channel of their own. */
export const detachedVariable = '_LAMBDACTL_DETACHED'

/** Informs the waiting command, which then ends. @returns false if no command waits, for example after an interrupt */
export async function tellStarter(message: DetachedMessage): Promise<boolean> {
  if (!process.connected) return false
  const { promise, resolve } = Promise.withResolvers<boolean>()
  process.send?.(message, undefined, undefined, (error) => resolve(!error))
  const isTold = await promise
  if (process.connected) process.disconnect()
  return isTold
}
