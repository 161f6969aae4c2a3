import type { ReleaseEvent } from '../release/event.ts'
import type { OnInterrupt } from '../workflows/on-interrupt.ts'
import { type Interrupt, leaveAtOnce, listenForSignals } from './interrupt.ts'
import { type Asked, askOnInterrupt, type InterruptAnswer } from './interrupt-question.ts'

/** The interrupt of a command that carries releases. */
export interface ReleaseInterrupt extends Interrupt {
  /** Follows what releases tell, to know whether there is something to decide. */
  see(event: ReleaseEvent): void
}

/**
 * Listens until disposed. While a release has traffic, Ctrl-C asks what to do, where somebody can be asked; Ctrl-C once
 * more rolls back. Any other first signal ends the release as said. After that, one more ends the process at once.
 *
 * @param onInterrupt what is done without asking
 * @param asked undefined where nobody is
 */
export function listenForReleaseInterrupt(
  onInterrupt: OnInterrupt = 'roll-back',
  asked?: Asked,
): ReleaseInterrupt {
  const controller = new AbortController()
  let hasTraffic = false
  let question: Disposable | undefined
  const dropQuestion = () => {
    question?.[Symbol.dispose]()
    question = undefined
  }
  const onAnswer = (answer: InterruptAnswer) => {
    question = undefined
    if (answer !== 'go-on') controller.abort(answer)
  }
  const signals = listenForSignals((signal) => {
    if (controller.signal.aborted) leaveAtOnce()
    if (signal === 'SIGINT' && asked && hasTraffic && !question) {
      question = askOnInterrupt(asked, onAnswer)
      return
    }
    dropQuestion()
    controller.abort(onInterrupt)
  })
  return {
    signal: controller.signal,
    see({ event }) {
      if (event === 'shifted') hasTraffic = true
      else if (event === 'done' || event === 'paused' || event === 'rolled-back') hasTraffic = false
      if (!hasTraffic) dropQuestion()
    },
    [Symbol.dispose]() {
      dropQuestion()
      signals[Symbol.dispose]()
    },
  }
}
