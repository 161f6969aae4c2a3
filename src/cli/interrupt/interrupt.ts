import { exitCodeOf } from '../exit/exit-codes.ts'

/** Turns Ctrl-C and a runner's SIGTERM into an abort for the workflow. */
export interface Interrupt extends Disposable {
  signal: AbortSignal
}

/**
 * Listens until disposed. The first signal asks the workflow to end well; a second one ends the process at once.
 *
 * @param onFirst tells the person what happens now
 */
export function listenForInterrupt(onFirst?: () => void): Interrupt {
  const controller = new AbortController()
  const signals = listenForSignals(() => {
    if (controller.signal.aborted) leaveAtOnce()
    controller.abort()
    onFirst?.()
  })
  return { signal: controller.signal, [Symbol.dispose]: () => signals[Symbol.dispose]() }
}

/** Reports each Ctrl-C (SIGINT) and SIGTERM until disposed. */
export function listenForSignals(listener: (signal: NodeJS.Signals) => void): Disposable {
  process.on('SIGINT', listener)
  process.on('SIGTERM', listener)
  return {
    [Symbol.dispose]() {
      process.off('SIGINT', listener)
      process.off('SIGTERM', listener)
    },
  }
}

/** For a person who does not want to wait for a good end. */
export function leaveAtOnce(): never {
  process.exit(exitCodeOf('INTERRUPTED'))
}
