import { LambdactlError } from '../errors/error.ts'
import type { Strategy } from './record.ts'
import type { Origin } from './version-description.ts'

/** A share of the traffic for the candidate, and for how long. */
export interface Step {
  /** On the candidate, above 0 and below 100, at most four decimals: so it comes back from Lambda the same. */
  percent: number
  holdMs: number
}

/** A whole release, known before anything moves. */
export interface Plan {
  id: string
  strategy: Strategy
  candidate: string
  /** The version to fall back to; undefined when the alias does not exist yet. */
  stable: string | undefined
  /** The versions that held 100% before, `stable` first. */
  held: readonly string[]
  steps: readonly Step[]
  /** How long the gates watch at 100%; 0 ends the release with the switch. */
  bakeMs: number
  /** Names of the CloudWatch alarms that gate it. */
  alarms: readonly string[]
  /** What the candidate was built from. */
  origin?: Origin
}

/** A shift that a plan makes, at a moment counted from its start. */
export interface ScheduledShift {
  afterMs: number
  percent: number
  /** How long it is held; 0 ends the release. */
  holdMs: number
}

/** The plan's shifts with their times, as `--dry-run` shows them. */
export function schedule(plan: Plan): ScheduledShift[] {
  const shifts: ScheduledShift[] = []
  let afterMs = 0
  for (const { percent, holdMs } of plan.steps) {
    shifts.push({ afterMs, percent, holdMs })
    afterMs += holdMs
  }
  return [...shifts, { afterMs, percent: 100, holdMs: plan.bakeMs }]
}

/**
 * Checks the weights of a list of steps.
 *
 * @param percents shares on the candidate, rising, each above 0 and below 100; the switch to 100% comes by itself
 * @throws LambdactlError USAGE
 */
export function requireSteps(percents: readonly number[]): readonly number[] {
  percents.forEach((percent, index) => {
    if (!(percent > 0 && percent < 100)) {
      throw badSteps(percents, `a step is a percentage above 0 and below 100, and ${percent} is not`)
    }
    if (percent <= (percents[index - 1] ?? 0))
      throw badSteps(percents, `each step must be above the one before it`)
  })
  return percents
}

function badSteps(percents: readonly number[], why: string): LambdactlError {
  return new LambdactlError('USAGE', `The steps ${percents.join(',')} make no canary: ${why}.`, {
    next: ['Give rising percentages below 100, such as --steps 10,50; 100% comes after the last.'],
  })
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** A release id of eight characters from 40 random bits, without letters that are easily confused. */
export function releaseId(random: Uint8Array): string {
  return Array.from(random.slice(0, 8), (byte) => alphabet[byte % 32]).join('')
}
