import { translate } from '../../../src/aws/answers/translate.ts'
import { Unreadable } from '../../../src/aws/answers/unreadable.ts'
import type { ErrorCode } from '../../../src/errors/codes.ts'
import { awsError } from '../calls.ts'
import type { Dice } from './dice.ts'

/** The delays and the error of one effect. */
export interface Fate {
  /** Milliseconds until it takes effect, and from then until it answers. */
  before: number
  after: number
  error?: Error
  /** With an error: the effect came about, and its answer was lost. */
  takesEffect?: boolean
}

/** How a life's AWS behaves until the weather clears. */
export interface Weather {
  /** How likely something goes wrong with an effect. */
  rate: number
  /** How long an answer takes at most when nothing is wrong; 0 answers at once. Milliseconds. */
  latencyMs: number
  /** Nothing answers from one time to another. */
  outage: { from: number; to: number; error: Error }
  clearsAt: number
}

const transient: readonly ErrorCode[] = ['AWS_UNAVAILABLE', 'AWS_UNAVAILABLE', 'UNREACHABLE']
/** Nothing that is refused takes effect. */
const refusals: readonly ErrorCode[] = ['NOT_AUTHENTICATED', 'NOT_PERMITTED', 'AWS_REFUSED']

export function randomWeather(dice: Dice, now: number, lengthMs: number): Weather {
  const from = now + dice.between(0, lengthMs)
  const lasts = dice.chance(0.2) ? dice.pick([3000, 30_000, 90_000]) : 0
  return {
    rate: dice.pick([0, 0, 0.01, 0.03, 0.1, 0.3]),
    latencyMs: dice.pick([0, 0, 0, 20, 400]),
    outage: { from, to: from + lasts, error: awsError(dice.pick(transient)) },
    clearsAt: now + Math.floor(lengthMs * (0.2 + dice.next() * 1.5)),
  }
}

const fine: Fate = { before: 0, after: 0 }

/** Decides how a call of a port goes at a moment. */
export function fateOf(dice: Dice, weather: Weather, name: string, now: number): Fate {
  const { rate, latencyMs, outage, clearsAt } = weather
  if (now >= clearsAt) return fine
  if (now >= outage.from && now < outage.to) return { before: 0, after: 0, error: outage.error }
  const isWrong = rate > 0 && dice.chance(rate)
  if (!isWrong && latencyMs === 0) return fine
  const usual = { before: dice.between(0, latencyMs), after: dice.between(0, latencyMs) }
  if (!isWrong) return usual
  if (dice.chance(0.25)) return { ...usual, [dice.pick(['before', 'after'])]: dice.between(1000, 150_000) }
  if (dice.chance(0.1)) return { ...usual, error: awsError(dice.pick(refusals)) }
  return { ...usual, error: randomError(dice, name), takesEffect: dice.chance(0.5) }
}

function randomError(dice: Dice, name: string): Error {
  if (dice.chance(0.1)) return new Error('boom <html>')
  if (dice.chance(0.3)) return translate(new Unreadable('an HTML page with status 200', 200), `do ${name}`)
  if (name === 'aliases.update' && dice.chance(0.5)) return awsError('CONFLICT', 'AWS said CONFLICT: busy')
  return awsError(dice.pick(transient))
}
