import type { OnInterrupt } from '../../workflows/watch/on-interrupt.ts'
import { ctrlC, type Keyboard, readKeys } from './keyboard.ts'

const choices = '[p]ause here, [r]oll back, [d]etach, or [g]o on'

/** The question for a person who interrupts a release that has traffic. */
const interruptQuestion = `Interrupted. ${choices}? Until you choose, its gates are watched and it gets no more traffic.`

/** A line that says what Ctrl-C does where somebody can be asked. */
export const interruptKeys = `Ctrl-C asks: ${choices}`

export type InterruptAnswer = OnInterrupt | 'go-on'

const escape = '\u001B'

const answers: ReadonlyMap<string, InterruptAnswer> = new Map([
  ['p', 'pause'],
  ['r', 'roll-back'],
  ['d', 'detach'],
  ['g', 'go-on'],
  [escape, 'go-on'],
])

/**
 * The answer in what was typed at once; undefined for any other key and for a paste. Enter after a key does no harm, and
 * Ctrl-C is the second one, so it rolls back.
 */
export function answerOf(typed: string): InterruptAnswer | undefined {
  if (typed.includes(ctrlC)) return 'roll-back'
  return answers.get(typed.replace(/[\r\n]+$/, '').toLowerCase())
}

/** Whom to ask, and where. */
export interface Asked {
  keyboard: Keyboard
  show: (question: string) => void
  /** Answered, or nothing is left to decide. */
  hide: (answer?: InterruptAnswer) => void
}

/** The soonest that a person can answer after the interrupt, milliseconds: a key that comes sooner was typed before. */
const soonestAnswerMs = 100

/**
 * Asks until a key answers, or the question is disposed.
 *
 * @param onAnswer is called once at most
 */
export function askOnInterrupt(
  { keyboard, show, hide }: Asked,
  onAnswer: (answer: InterruptAnswer) => void,
): Disposable {
  let asked = false
  const keys = readKeys(keyboard, (typed) => {
    const answer = asked || typed.includes(ctrlC) ? answerOf(typed) : undefined
    if (answer === undefined) return
    close(answer)
    onAnswer(answer)
  })
  const timer = setTimeout(() => {
    asked = true
    show(interruptQuestion)
  }, soonestAnswerMs)
  const close = (answer?: InterruptAnswer) => {
    clearTimeout(timer)
    keys[Symbol.dispose]()
    hide(answer)
  }
  return { [Symbol.dispose]: close }
}
