import type { Sample } from './minutes.ts'
import type { Levels } from './settings.ts'
import { type Onset, strongestOnset } from './statistics/onset.ts'
import { logMixture } from './statistics/test-martingale.ts'

/** How the two versions did by one metric; nothing where there is nothing to divide. */
export interface Figures {
  /** A share of 0 to 1, or milliseconds. */
  candidate: number | undefined
  stable: number | undefined
  /** The candidate over stable, each minute compared within itself; undefined where stable has none. */
  ratio: number | undefined
  /** Where the true ratio is, at the levels of the verdict and at all looks together; no `high` where nothing bounds it. */
  interval: { low: number; high: number | undefined }
}

/** One metric's minutes, ready to be judged. */
export interface Comparison {
  /** In the order of time. */
  samples: readonly Sample[]
  /** Whether the effect that was observed from this sample on is large enough to act on. */
  matters: (from: number) => boolean
  /** Log likelihood ratios against "worse by what matters", one list a test; any of them may pass, at its part of the level. */
  passTests: readonly (readonly number[])[]
  /** Returns the figures from a sample on. */
  figures: (from: number, levels: Levels) => Figures
}

export interface Judgement {
  outcome: 'pass' | 'fail' | 'inconclusive'
  /** The sample from which on the figures are to be given: 0, or where the candidate turned bad. */
  from: number
}

/**
 * Fails on enough evidence that the candidate is worse, from any minute on, by what matters; passes on enough evidence
 * that it is not.
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

/** @param scale as if so many times the data had been seen */
export function wouldPass({ passTests }: Comparison, levels: Levels, scale = 1): boolean {
  const needed = -Math.log(levels.pass / passTests.length)
  return passTests.some((logRatios) => logMixture(logRatios, scale) >= needed)
}
