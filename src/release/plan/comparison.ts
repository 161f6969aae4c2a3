import * as z from 'zod'
import type { Verdict } from '../values/observed.ts'

/** CloudWatch's counts for one version within a minute. */
export interface Traffic {
  invocations: number
  errors: number
  /** Requests turned away; they are not among the invocations. */
  throttles: number
  /** Percentiles of Duration in milliseconds; absent where the version had none, or they were not asked for. */
  durationMs?: Readonly<Record<Percentile, number>>
}

/** The counts of both versions since a moment, milliseconds since the epoch; undefined where they may not be read. */
export type Figures = { since: number; candidate: Traffic; stable: Traffic } | undefined

export type Percentile = 'p50' | 'p90' | 'p99'

/** The same minute for both versions. Only minutes that CloudWatch has finished counting should be compared. */
export interface Minute {
  /** Milliseconds since the epoch, at any moment of the minute. */
  time: number
  candidate: Traffic
  stable: Traffic
}

const amount = z.number().min(0)
const share = z.number().gt(0).lt(1)
const ratio = z.number().gt(1)
const metrics = ['error-rate', 'throttle-rate', 'duration-p50', 'duration-p90', 'duration-p99'] as const

export type Metric = (typeof metrics)[number]

const settingsSchema = z.object({
  /** The metrics to compare; the level of false rollbacks is split evenly over these. */
  metrics: z.array(z.enum(metrics)).min(1).readonly(),
  /**
   * How sure to be, between 0 and 1. 0.95: a candidate that is no worse than stable is rolled back in at most 5% of
   * releases, all looks and metrics together, and one that is worse by what matters passes in at most 5%, or some more
   * by its durations (docs/comparison-gate.md says how many).
   */
  confidence: share,
  /** A rate matters from so many times stable's on, above 1. A candidate that is surely below passes. */
  errorRateRatio: ratio,
  /** A difference of rates below this never matters, 0 to 1: 0.001 is 0.1 percentage points. */
  errorRateFloor: share,
  /** A percentile of the duration matters from so many times stable's on, above 1. */
  durationRatio: z.object({ p50: ratio, p90: ratio, p99: ratio }).readonly(),
  /** A percentile that is slower by less than this never matters, in milliseconds. */
  durationFloorMs: amount,
  /** Nothing passes before the candidate has had so many invocations. A failure needs no minimum, only evidence. */
  minimumInvocations: amount,
  /** Nothing passes on fewer minutes in which both versions had traffic. */
  minimumMinutes: amount,
})

/** The metrics to compare, the differences that matter, and the certainty. */
export type ComparisonSettings = z.infer<typeof settingsSchema>

/** How the two versions stand beside each other by one metric. */
export interface ComparedMetric {
  metric: Metric
  outcome: Verdict['outcome']
  /** How many minutes the figures are about. */
  minutes: number
  /** A share of 0 to 1, or milliseconds; undefined where nothing is known. */
  candidate: number | undefined
  stable: number | undefined
}

export const plannedComparisonSchema = z.object({
  settings: settingsSchema,
  /** Whether a step that is over and undecided is held, and paused in the end, or moves on since nothing failed. */
  inconclusive: z.enum(['hold', 'pass']),
  /** From when on minutes count: just before the first shift, milliseconds since the epoch. */
  since: amount,
  /** How old a minute has to be for all of its invocations to have been counted, milliseconds. */
  settleMs: amount,
})

/** The comparison gate of one release: with the alias's metrics, all that is needed to decide alike on any machine. */
export type PlannedComparison = z.infer<typeof plannedComparisonSchema>

/** The comparison gate of a function. */
export type ComparisonGate = Pick<PlannedComparison, 'settings' | 'inconclusive'>
