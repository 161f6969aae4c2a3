import type { WantedTrigger } from '../../function/triggers/wanted.ts'
import type { TriggerDifference } from '../../operation/triggers/wanted/difference.ts'
import type { Check } from '../../release/values/check.ts'
import type { Run, Target } from '../run/run.ts'
import { compareTriggers } from './compare.ts'
import type { Findings, Triggered, TriggerProblem } from './context.ts'

/** A trigger that differs from the file, with the call that changes it. */
export interface DifferingTrigger extends TriggerDifference {
  apply: () => Promise<void>
}

/** The triggers that differ, and those that can't be applied. */
export interface DifferingTriggers {
  differences: DifferingTrigger[]
  problems: readonly TriggerProblem[]
}

/** Which of the triggers count: all, or those that a release applies before its first shift. */
export type Due = 'all' | 'before'

/**
 * Compares the triggers of the file with AWS. Changes nothing.
 *
 * @param isAliasThere false before the first release: then only the sources are looked for
 */
export async function differingTriggers(
  run: Run,
  target: Target,
  fn: Triggered,
  { isAliasThere, due = 'all' }: { isAliasThere: boolean; due?: Due },
): Promise<DifferingTriggers> {
  if (due === 'before' && !fn.triggers?.some(isBefore)) return { differences: [], problems: [] }
  const { works, problems } = await compareTriggers(run, target, fn, isAliasThere)
  const early = new Set(fn.triggers?.filter(isBefore).map(({ name }) => `triggers.${name}`))
  const counted =
    due === 'all'
      ? works
      : works.filter(
          ({ removes, differences }) => !removes && differences.every(({ field }) => early.has(field)),
        )
  return { differences: counted.flatMap(separate), problems }
}

function isBefore({ apply }: WantedTrigger): boolean {
  return apply === 'before'
}

/** The first difference of a work carries it out; the others are done with it. */
function separate(work: Findings['works'][number]): DifferingTrigger[] {
  return work.differences.map((difference, index) => ({
    ...difference,
    apply: index === 0 ? () => work.apply() : () => Promise.resolve(),
  }))
}

/** The check of the sources of a function's triggers, and one for each that can't be applied; none without triggers. */
export function sourceChecks({ triggers = [] }: Triggered, problems: readonly TriggerProblem[]): Check[] {
  if (triggers.length === 0) return []
  if (problems.length === 0) {
    const detail =
      triggers.length === 1 ? 'the one of the file is there' : `all ${triggers.length} of the file are there`
    return [{ title: 'sources', outcome: 'pass', detail }]
  }
  return problems.map(({ trigger, detail, next }) => ({
    title: `trigger ${trigger}`,
    outcome: 'fail',
    detail,
    next: [...next],
  }))
}
