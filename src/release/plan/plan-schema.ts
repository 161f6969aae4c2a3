import * as z from 'zod'
import type { Origin } from '../values/version-description.ts'
import { besideSchema } from './beside-schema.ts'
import { breakglassSchema } from './breakglass.ts'
import { plannedComparisonSchema } from './comparison.ts'
import { hookPoints } from './hooks.ts'
import { plannedConcurrencySchema } from './planned-concurrency.ts'
import { promotedSchema } from './promoted-schema.ts'
import { shippedSchema } from './shipped-schema.ts'
import { versionSchema } from './version-schema.ts'
import { pastFlags } from './went-past.ts'

const durationMs = z.number().min(0)

export const stepSchema = z.lazy(() =>
  z.object({
    /**
     * The candidate's share, above 0 and below 100, with at most four decimals, so that Lambda returns the same number.
     */
    percent: z.number().gt(0).lt(100),
    holdMs: durationMs,
    /** The invocations that the candidate needs since the step began; with fewer the step is not over. */
    invocations: z.exactOptional(z.int().min(0)),
    /** Whether a person has to approve before more traffic moves. */
    approval: z.exactOptional(z.boolean()),
  }),
)

/** Built at its first use, as the schemas in it: most commands read no plan, and building them takes milliseconds. */
export const planSchema = z.lazy(() =>
  z.object({
    id: z.string(),
    strategy: z.enum(['all-at-once', 'canary', 'linear']),
    candidate: versionSchema,
    /** The version to fall back to; undefined if the alias does not exist yet. */
    stable: z.union([versionSchema, z.undefined()]),
    /** The versions that held 100% before, `stable` first. */
    held: z.array(versionSchema).readonly(),
    steps: z.array(stepSchema).readonly(),
    /** How long the gates watch at 100%; 0 ends the release with the switch. */
    bakeMs: durationMs,
    /** Names of the CloudWatch alarms that gate the release. */
    alarms: z.array(z.string()).readonly(),
    /** The verdict of an alarm without data; absent: `inconclusive`. */
    insufficientData: z.exactOptional(z.enum(['pass', 'fail', 'inconclusive'])),
    /** Present if a person let the release go past its gates. */
    breakglass: z.exactOptional(breakglassSchema),
    /** The flags that let it go past checks of the function itself; absent if it needed none. */
    wentPast: z.exactOptional(z.array(z.enum(pastFlags)).readonly()),
    /** The comparison of the two versions as a gate; absent if nothing is compared. */
    comparison: z.exactOptional(plannedComparisonSchema),
    /** The points with hooks. Their commands are only in the configuration of the machine that carries the release. */
    hooks: z.exactOptional(z.array(z.enum(hookPoints)).readonly()),
    /** The provisioned concurrency that moves to the candidate; absent for a function that has none. */
    provisioned: z.exactOptional(plannedConcurrencySchema),
    /** The settings that another tool changed, for a function whose code alone is lambdactl's; absent for none. */
    ships: z.exactOptional(shippedSchema),
    /** The parts of another tool's function that must stay while it is released; absent for lambdactl's own. */
    beside: z.exactOptional(besideSchema),
    /** The version of another environment whose code it releases; absent for code of its own. */
    promoted: z.exactOptional(promotedSchema),
    /** The origin of the candidate. No decision depends on it, so it is not checked. */
    origin: z.exactOptional(z.custom<Origin>()),
  }),
)

type WrittenPlan = z.output<typeof planSchema>

/**
 * Reads a plan back from a journal; undefined if it is not a whole plan. The content is not trusted: a release that
 * goes on by a broken plan would move traffic. Fields that this version doesn't know stay as they are.
 */
export function readPlan(value: unknown): WrittenPlan | undefined {
  // A plan without a version to fall back to is never carried on.
  return isPlan(value) && value.stable !== undefined ? value : undefined
}

function isPlan(value: unknown): value is WrittenPlan {
  return planSchema.safeParse(value).success
}
