import { exitCodeOf } from './exit-codes.ts'

/** Ctrl-C and a runner's SIGTERM, turned into an abort that the workflow acts on. */
export interface Interrupt extends Disposable {
  signal: AbortSignal
}

/**
 * Listens until disposed. The first signal asks the workflow to end well; a second one ends the process at once.
 *
 * @param onFirst tells the person what happens now, if anything is to be told
 */
export function listenForInterrupt(onFirst?: () => void): Interrupt {
  const controller = new AbortController()
  const listener = () => {
    if (controller.signal.aborted) process.exit(exitCodeOf('INTERRUPTED'))
    controller.abort()
    onFirst?.()
  }
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      process.off('SIGINT', listener)
      process.off('SIGTERM', listener)
    },
  }
}
