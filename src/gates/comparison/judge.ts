import type { Sample } from './minutes.ts'
import type { Levels } from './settings.ts'
import { type Onset, strongestOnset } from './statistics/onset.ts'
import { logMixture } from './statistics/test-martingale.ts'

/** The figures of both versions for one metric; undefined if there is nothing to divide. */
export interface Figures {
  /** A share of 0 to 1, or milliseconds. */
  candidate: number | undefined
  stable: number | undefined
  /** The candidate's value divided by stable's, each minute compared within itself; undefined if stable has none. */
  ratio: number | undefined
  /**
   * The range of the true ratio at the levels of the verdict, for all looks together; no `high` if there is no upper
   * bound.
   */
  interval: { low: number; high: number | undefined }
}

/** One metric's minutes, ready to be judged. */
export interface Comparison {
  /** In the order of time. */
  samples: readonly Sample[]
  /** Whether the observed effect from this sample on is large enough to act on. */
  matters: (from: number) => boolean
  /**
   * Log likelihood ratios against "worse by a difference that matters", one list for each test. Any of the tests may
   * pass, at its part of the level.
   */
  passTests: readonly (readonly number[])[]
  /** Returns the figures from a sample on. */
  figures: (from: number, levels: Levels) => Figures
}

export interface Judgement {
  outcome: 'pass' | 'fail' | 'inconclusive'
  /** The first sample that the figures are about: 0, or the one where the candidate became worse. */
  from: number
}

/**
 * Fails on enough evidence that the candidate became worse by a difference that matters, from any minute on. Passes on
 * enough evidence that it is not worse.
 *
 * @param enough whether the minimum of invocations and minutes is met
 */
export function judge(comparison: Comparison, levels: Levels, enough: boolean): Judgement {
  const onset = failure(comparison, levels)
  if (onset) return { outcome: 'fail', from: onset.from }
  return { outcome: enough && wouldPass(comparison, levels) ? 'pass' : 'inconclusive', from: 0 }
}

function failure({ samples, matters }: Comparison, levels: Levels): Onset | undefined {
  const onset = strongestOnset(samples, matters)
  return onset && onset.logEvidence >= -Math.log(levels.fail) ? onset : undefined
}

/** @param scale counts the data this many times */
export function wouldPass({ passTests }: Comparison, levels: Levels, scale = 1): boolean {
  const needed = -Math.log(levels.pass / passTests.length)
  return passTests.some((logRatios) => logMixture(logRatios, scale) >= needed)
}
