import type { ReleaseEvent } from '../../release/history/event.ts'
import type { OnInterrupt } from '../../workflows/watch/on-interrupt.ts'
import { type Interrupt, leaveAtOnce, listenForSignals } from './interrupt.ts'
import { type Asked, askOnInterrupt, type InterruptAnswer } from './question.ts'

/** The interrupt of a command that carries releases. */
export interface ReleaseInterrupt extends Interrupt {
  /** Whether a question is open. */
  isAsked: () => boolean
  /** Follows a release's events, to know whether there is anything to decide. */
  see(event: ReleaseEvent): void
}

/** After these events there is nothing to decide about a function. */
const endings: ReadonlySet<ReleaseEvent['event']> = new Set(['done', 'paused', 'rolled-back', 'failed'])

/**
 * Listens until disposed. While a release has traffic, Ctrl-C asks, and a second Ctrl-C rolls back. If the answer was
 * given before or nobody can be asked, and for SIGTERM, the action is taken at once. One more signal after that ends
 * the process.
 *
 * @param onInterrupt the answer that was given before; default: roll back
 * @param whom returns the keyboard of a person, if there is one
 */
export function listenForReleaseInterrupt(
  onInterrupt: OnInterrupt | undefined,
  whom: () => Asked | undefined,
): ReleaseInterrupt {
  const controller = new AbortController()
  const withTraffic = new Set<string>()
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
    const asks = signal === 'SIGINT' && !onInterrupt && withTraffic.size > 0 && !question
    const asked = asks ? whom() : undefined
    if (asked) {
      question = askOnInterrupt(asked, onAnswer)
    } else {
      dropQuestion()
      controller.abort(onInterrupt ?? 'roll-back')
    }
  })
  return {
    signal: controller.signal,
    isAsked: () => question !== undefined,
    see({ event, function: name }) {
      if (event === 'shifted' || event === 'standing') withTraffic.add(name)
      else if (endings.has(event)) withTraffic.delete(name)
      if (withTraffic.size === 0) dropQuestion()
    },
    [Symbol.dispose]() {
      dropQuestion()
      signals[Symbol.dispose]()
    },
  }
}
