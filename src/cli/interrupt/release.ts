import type { ReleaseEvent } from '../../release/history/event.ts'
import type { OnInterrupt } from '../../workflows/watch/on-interrupt.ts'
import { type Interrupt, leaveAtOnce, listenForSignals } from './interrupt.ts'
import { type Asked, askOnInterrupt, type InterruptAnswer } from './question.ts'

/** The interrupt of a command that carries releases. */
export interface ReleaseInterrupt extends Interrupt {
  /** Whether somebody is asked, and has not answered yet. */
  isAsked: () => boolean
  /** Follows what releases tell, to know whether there is something to decide. */
  see(event: ReleaseEvent): void
}

/** After these there is nothing to decide about a function any more. */
const endings: ReadonlySet<ReleaseEvent['event']> = new Set(['done', 'paused', 'rolled-back', 'failed'])

/**
 * Listens until disposed. While a release has traffic, Ctrl-C asks what to do, and once more rolls back. Where it was said
 * before or nobody can be asked, and at SIGTERM, that is done at once. One more signal after that ends the process.
 *
 * @param onInterrupt what was said before; otherwise what is not asked rolls back
 * @param whom gives whom to ask, if there is anybody
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
