import type { OnInterrupt } from '../../../src/workflows/watch/on-interrupt.ts'
import { alive, type Life } from './cast.ts'
import { dice } from './dice.ts'
import { die, isVerb } from './process.ts'

const answers: readonly (OnInterrupt | 'go-on' | 'leaves')[] = [
  'go-on',
  'go-on',
  'pause',
  'roll-back',
  'detach',
  'detach',
  'leaves',
]
/** Longer than any step needs, milliseconds. */
const longestMs = 300_000

/**
 * In one life of four somebody interrupts who is asked how to go on, and answers after a while, or leaves. With a dice of its
 * own: the other lives stay as they are.
 */
export function planAsks(life: Life, seed: number, lengthMs: number): void {
  const chance = dice(seed ^ 0x2c1b3c6d)
  if (!chance.chance(1 / 4)) return
  life.time.after(chance.between(0, lengthMs), () => {
    const process = alive(life).find((one) => !isVerb(one))
    if (!process || process.interrupts.signal.aborted) return
    process.isAsked = true
    life.tell(process, () => 'is interrupted, and asks')
    const answer = chance.pick(answers)
    life.time.after(chance.between(0, Math.min(2 * lengthMs, longestMs)), () => {
      if (process.dead || life.outcomes.has(process.name)) return
      if (answer === 'leaves') return die(life, process, 'its terminal is closed')
      process.isAsked = false
      life.tell(process, () => `is answered: ${answer}`)
      if (answer !== 'go-on') process.interrupts.abort(answer)
    })
  })
}
