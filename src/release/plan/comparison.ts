import * as z from 'zod'
import type { Verdict } from '../values/observed.ts'

/** CloudWatch's counts for one version within a minute. */
export interface Traffic {
  /** How many. */
  invocations: number
  /** How many. */
  errors: number
  /** Rejected requests; invocations do not include them. */
  throttles: number
  /** Percentiles of Duration in milliseconds; absent if the version had no invocations, or nobody asked for them. */
  durationMs?: Readonly<Record<Percentile, number>>
}

/** The counts of both versions since a moment, milliseconds since the epoch; undefined if they may not be read. */
export type Figures = { since: number; candidate: Traffic; stable: Traffic } | undefined

export type Percentile = 'p50' | 'p90' | 'p99'

/** The same minute for both versions. Compare only minutes that CloudWatch has finished counting. */
export interface Minute {
  /** Milliseconds since the epoch, any moment of the minute. */
  time: number
  candidate: Traffic
  stable: Traffic
}

const amount = z.number().min(0)
const share = z.number().gt(0).lt(1)
const ratio = z.number().gt(1)
const metrics = ['error-rate', 'throttle-rate', 'duration-p50', 'duration-p90', 'duration-p99'] as const

export type Metric = (typeof metrics)[number]

const settingsSchema = z.lazy(() =>
  z.object({
    /** The metrics to compare; the level of false rollbacks is split evenly over these. */
    metrics: z.array(z.enum(metrics)).min(1).readonly(),
    /**
     * The certainty, between 0 and 1. For 0.95, a candidate that is no worse than stable is rolled back in at most 5%
     * of releases, for all looks and metrics together. A candidate that is worse by a difference that matters passes in
     * at most 5%, or slightly more for durations (see docs/comparison-gate.md).
     */
    confidence: share,
    /** A rate matters from this multiple of stable's rate on; above 1. A candidate that is surely below passes. */
    errorRateRatio: ratio,
    /** A difference of rates below this never matters, 0 to 1: 0.001 is 0.1 percentage points. */
    errorRateFloor: share,
    /** A percentile of the duration matters from this multiple (a ratio) of stable's on; above 1. */
    durationRatio: z.object({ p50: ratio, p90: ratio, p99: ratio }).readonly(),
    /** A percentile that is slower by less than this never matters; milliseconds. */
    durationFloorMs: amount,
    /**
     * Nothing passes before the candidate has had this many invocations. A failure needs only evidence, not a minimum.
     */
    minimumInvocations: amount,
    /** Nothing passes on fewer minutes in which both versions had traffic. */
    minimumMinutes: amount,
  }),
)

/** The metrics to compare, the differences that matter, and the certainty. */
export type ComparisonSettings = z.infer<typeof settingsSchema>

/** Both versions' figures for one metric. */
export interface ComparedMetric {
  metric: Metric
  outcome: Verdict['outcome']
  /** The number of minutes in the figures. */
  minutes: number
  /** A share of 0 to 1, or milliseconds; undefined if unknown. */
  candidate: number | undefined
  /** A share of 0 to 1, or milliseconds, as `candidate`; undefined if unknown. */
  stable: number | undefined
  /** The candidate's value divided by stable's; absent in events of earlier versions, and if stable has none. */
  ratio?: number | undefined
  /** The range of the true ratio; no `high` if there is no upper bound. */
  interval?: {
    /** A ratio. */
    low: number
    /** A ratio. */
    high: number | undefined
  }
}

export const plannedComparisonSchema = z.lazy(() =>
  z.object({
    settings: settingsSchema,
    /** How a step that is over and undecided goes on: `hold` extends it and then pauses, `pass` moves on. */
    inconclusive: z.enum(['hold', 'pass']),
    /** The first minute that counts: just before the first shift, milliseconds since the epoch. */
    since: amount,
    /** The age at which a minute has all its invocations counted, milliseconds. */
    settleMs: amount,
  }),
)

/** The comparison gate of one release. With the alias's metrics it has everything to decide the same on any machine. */
export type PlannedComparison = z.infer<typeof plannedComparisonSchema>

/** The comparison gate of a function. */
export type ComparisonGate = Pick<PlannedComparison, 'settings' | 'inconclusive'>
