import type { AliasState } from '../../../src/release/values/observed.ts'
import type { OnInterrupt } from '../../../src/workflows/watch/on-interrupt.ts'
import { alive, type Life, startRelease, startResume, startVerb } from './cast.ts'
import { isVerb, type Process } from './process.ts'
import { randomHand } from './scenario.ts'

/** An alias in one line. */
export function described({ version, weight, description }: AliasState): string {
  return `${version}${weight ? ` with ${weight.percent}% on ${weight.version}` : ''}: ${description}`
}

/** Plans the acts of other people and of the machines. */
export function planActs(life: Life, lengthMs: number, say: (text: () => string) => void): void {
  const { dice: chance, time } = life
  const acts: [number, () => void][] = [
    [0.12, () => moveByHand(life, say)],
    [0.02, () => deleteByHand(life, say)],
    [0.08, () => void startRelease(life)],
    [0.06, () => void takeOver(life)],
    [0.2, () => void startVerb(life)],
    [0.1, () => void startVerb(life)],
    [0.1, () => void startResume(life, chance.chance(0.6))],
    [0.1, () => interruptOne(life)],
    [0.06, () => jumpClock(life)],
    [0.06, () => sleepOne(life)],
  ]
  for (const [probability, act] of acts) {
    if (chance.chance(probability)) time.after(chance.between(0, lengthMs), act)
  }
}

/** Somebody ends the release, whoever carries it, and begins the next. */
async function takeOver(life: Life): Promise<void> {
  const outcome = await startVerb(life, 'rollback')
  // Shut down for the calm, they begin nothing in it: its resume would look away at that very moment.
  if (outcome !== 'died') await startRelease(life)
}

function moveByHand(life: Life, say: (text: () => string) => void): void {
  const alias = life.cloud.alias()
  if (!alias) return
  const moved = life.cloud.byHand(randomHand(life.dice, alias))
  if (moved) life.watch.movedTo(life.cloud.alias())
  say(() => `by hand: ${described(life.cloud.alias() ?? alias)}`)
}

function deleteByHand({ cloud: aws, watch: seen }: Life, say: (text: () => string) => void): void {
  if (aws.byHand('delete')) seen.foreign = true
  say(() => 'by hand: the alias is deleted')
}

function interruptOne(life: Life): void {
  const process = alive(life).find((one) => !isVerb(one))
  if (!process) return
  const reason: OnInterrupt = life.dice.pick(['roll-back', 'pause', 'detach'])
  life.tell(process, () => `is interrupted, to ${reason}`)
  process.interrupts.abort(reason)
}

function jumpClock(life: Life): void {
  const process = life.dice.pick(alive(life)) as Process | undefined
  if (!process) return
  const minutes = life.dice.pick([-600, -60, -10, -1, 1, 10, 60, 600])
  process.skewMs += minutes * 60_000
  life.tell(process, () => `has its clock jump by ${minutes} minutes`)
}

function sleepOne(life: Life): void {
  const process = life.dice.pick(alive(life)) as Process | undefined
  if (!process) return
  const minutes = life.dice.pick([1, 10, 300])
  process.asleepUntil = life.time.now() + minutes * 60_000
  life.tell(process, () => `sleeps with its laptop for ${minutes} minutes`)
}
