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

export type Metric = 'error-rate' | 'throttle-rate' | `duration-${Percentile}`

/** The metrics to compare, the differences that matter, and the certainty. */
export interface ComparisonSettings {
  /** The metrics to compare; the level of false rollbacks is split evenly over these. */
  metrics: readonly Metric[]
  /**
   * How sure to be, between 0 and 1. 0.95: a candidate that is no worse than stable is rolled back in at most 5% of
   * releases, all looks and metrics together, and one that is worse by what matters passes in at most 5%, or some more
   * by its durations (docs/comparison-gate.md says how many).
   */
  confidence: number
  /** A rate matters from so many times stable's on, above 1. A candidate that is surely below passes. */
  errorRateRatio: number
  /** A difference of rates below this never matters, 0 to 1: 0.001 is 0.1 percentage points. */
  errorRateFloor: number
  /** A percentile of the duration matters from so many times stable's on, above 1. */
  durationRatio: Readonly<Record<Percentile, number>>
  /** A percentile that is slower by less than this never matters, in milliseconds. */
  durationFloorMs: number
  /** Nothing passes before the candidate has had so many invocations. A failure needs no minimum, only evidence. */
  minimumInvocations: number
  /** Nothing passes on fewer minutes in which both versions had traffic. */
  minimumMinutes: number
}

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

/** The comparison gate of a function. */
export interface ComparisonGate {
  settings: ComparisonSettings
  /** Whether a step that is over and undecided is held, and paused in the end, or moves on since nothing failed. */
  inconclusive: 'hold' | 'pass'
}

/** The comparison gate of one release: with the alias's metrics, all that is needed to decide alike on any machine. */
export interface PlannedComparison extends ComparisonGate {
  /** From when on minutes count: just before the first shift, milliseconds since the epoch. */
  since: number
  /** How old a minute has to be for all of its invocations to have been counted, milliseconds. */
  settleMs: number
}
