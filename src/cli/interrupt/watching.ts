import { seenEnough } from '../../workflows/watch/watch-release.ts'
import { isInForeground } from './foreground.ts'
import { type Interrupt, leaveAtOnce, listenForSignals } from './interrupt.ts'
import { ctrlC, readKeys } from './keyboard.ts'

/**
 * Listens, until disposed, for the end of watching: Ctrl-C and SIGTERM interrupt it, at once the second time; `q` ends
 * it well.
 *
 * @param hasKeys whether a person is at the keyboard
 */
export function listenForEnough(hasKeys: boolean): Interrupt {
  const controller = new AbortController()
  const onInterrupt = () => {
    if (controller.signal.aborted) leaveAtOnce()
    controller.abort()
  }
  const signals = listenForSignals(onInterrupt)
  const keys =
    hasKeys && process.stdin.isTTY && isInForeground()
      ? readKeys(process.stdin, (typed) => {
          if (typed.includes(ctrlC)) onInterrupt()
          else if (typed.toLowerCase() === 'q') controller.abort(seenEnough)
        })
      : undefined
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      keys?.[Symbol.dispose]()
      signals[Symbol.dispose]()
    },
  }
}
