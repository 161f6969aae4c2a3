import type { OnInterrupt } from '../../workflows/watch/on-interrupt.ts'
import { ctrlC, type Keyboard, readKeys } from './keyboard.ts'

const choices = '[p]ause here, [r]oll back, [d]etach, or [g]o on'

/** The question for a person who interrupts a release that has traffic. */
const interruptQuestion = `Interrupted. ${choices}? Until you choose, the gates are watched, and the new version gets no more traffic.`

/** A line that explains Ctrl-C, if somebody can be asked. */
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
 * The answer in input that came at once; undefined for any other key and for a paste. Enter after a key does no harm.
 * Ctrl-C is the second one here, so it rolls back.
 */
export function answerOf(typed: string): InterruptAnswer | undefined {
  if (typed.includes(ctrlC)) return 'roll-back'
  return answers.get(typed.replace(/[\r\n]+$/, '').toLowerCase())
}

/** The keyboard to read, and the place for the question. */
export interface Asked {
  keyboard: Keyboard
  show: (question: string) => void
  /** Called after an answer, or if nothing is left to decide. */
  hide: (answer?: InterruptAnswer) => void
}

/** A key that comes sooner after the interrupt was typed before it; milliseconds. */
const soonestAnswerMs = 100

/**
 * Asks until a key answers, or the question is disposed.
 *
 * @param onAnswer is called at most once
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
