import * as z from 'zod'
import type { Origin } from '../values/version-description.ts'
import { breakglassSchema } from './breakglass.ts'
import { plannedComparisonSchema } from './comparison.ts'
import { hookPoints } from './hooks.ts'
import type { Plan } from './plan.ts'
import { plannedConcurrencySchema } from './planned-concurrency.ts'
import { pastFlags } from './went-past.ts'

const durationMs = z.number().min(0)

export const stepSchema = z.object({
  /** On the candidate, above 0 and below 100, at most four decimals: so it comes back from Lambda the same. */
  percent: z.number().gt(0).lt(100),
  holdMs: durationMs,
  /** The candidate's invocations since the step began, without which it is not over. */
  invocations: z.exactOptional(z.int().min(0)),
  /** After it a person has to approve before more traffic moves. */
  approval: z.exactOptional(z.boolean()),
})

export const planSchema = z.object({
  id: z.string(),
  strategy: z.enum(['all-at-once', 'canary', 'linear']),
  candidate: z.string(),
  /** The version to fall back to; undefined when the alias does not exist yet. */
  stable: z.union([z.string(), z.undefined()]),
  /** The versions that held 100% before, `stable` first. */
  held: z.array(z.string()).readonly(),
  steps: z.array(stepSchema).readonly(),
  /** How long the gates watch at 100%; 0 ends the release with the switch. */
  bakeMs: durationMs,
  /** Names of the CloudWatch alarms that gate it. */
  alarms: z.array(z.string()).readonly(),
  /** The outcome of an alarm without data; absent: `inconclusive`. */
  insufficientData: z.exactOptional(z.enum(['pass', 'fail', 'inconclusive'])),
  /** Present where somebody had it go past its gates. */
  breakglass: z.exactOptional(breakglassSchema),
  /** The flags that it needed to go past checks of the function itself; absent where it needed none. */
  wentPast: z.exactOptional(z.array(z.enum(pastFlags)).readonly()),
  /** The comparison of the two versions that gates it too; absent where nothing is compared. */
  comparison: z.exactOptional(plannedComparisonSchema),
  /** Where hooks run; what they run is only in the configuration of the machine that carries the release. */
  hooks: z.exactOptional(z.array(z.enum(hookPoints)).readonly()),
  /** The provisioned concurrency that comes along; absent for a function that has none. */
  provisioned: z.exactOptional(plannedConcurrencySchema),
  /** The origin that the candidate was built from. Nothing that is decided rests on it, so it is not checked. */
  origin: z.exactOptional(z.custom<Origin>()),
})

/**
 * Reads a plan back from a journal; undefined for what is none. Nothing of an entry is trusted: a release that is carried
 * on by a broken plan would move traffic. Fields that this version doesn't know stay as they are.
 */
export function readPlan(value: unknown): Plan | undefined {
  // One without a version to fall back to is never carried on.
  return isPlan(value) && value.stable !== undefined ? value : undefined
}

function isPlan(value: unknown): value is Plan {
  return planSchema.safeParse(value).success
}
