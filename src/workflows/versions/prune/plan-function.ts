import pLimit from 'p-limit'
import { LambdactlError } from '../../../errors/error.ts'
import { type PrunePlan, type PruneRules, planPrune } from '../../../operation/versions/plan-prune.ts'
import type { Run, Target } from '../../run/run.ts'
import { type FunctionFacts, readFacts } from './read-facts.ts'

/** A function's versions that go, and the facts that said so. */
export interface PlannedFunction {
  target: Target
  /** Undefined if there is no such function. */
  facts: FunctionFacts | undefined
  plan: PrunePlan
}

/** Gets the numbers of versions that were handled, and of all. */
export type OnProgress = (done: number, total: number) => void

/** The number of calls at a time: enough to use the 15 a second. */
export const width = 8

/**
 * Decides which versions of a function go. Changes nothing.
 *
 * @param keep rules without those that depend on whose function it is
 * @param onProgress is called with the number of versions whose policies are read, and of all that may go
 * @throws LambdactlError INTERRUPTED, and the errors of the reads
 */
export async function planFunction(
  run: Run,
  target: Target,
  keep: Omit<PruneRules, 'now' | 'keepsOthers'>,
  onProgress: OnProgress,
): Promise<PlannedFunction> {
  const facts = await readFacts(run, target)
  if (!facts) return { target, facts, plan: { gone: [], kept: [] } }
  const rules = { ...keep, now: run.clock.now(), keepsOthers: target.codeOnly !== undefined }
  const { gone } = planPrune(facts, rules)
  const names = gone.map(({ version }) => version)
  return { target, facts, plan: planPrune(facts, rules, await withPolicy(run, target, names, onProgress)) }
}

/** The versions that have a resource policy of their own. */
async function withPolicy(
  run: Run,
  target: Target,
  versions: readonly string[],
  onProgress: OnProgress,
): Promise<Set<string>> {
  let done = 0
  const found = await pLimit(width).map(versions, async (version) => {
    if (run.signal.aborted) throw interrupted()
    const has = await run.aws.versions.hasPolicy(target.lambdaName, version)
    onProgress((done += 1), versions.length)
    return has ? [version] : []
  })
  return new Set(found.flat())
}

function interrupted(): LambdactlError {
  return new LambdactlError('INTERRUPTED', 'Interrupted: nothing was deleted.', {
    next: ['Run the command again when it suits you.'],
  })
}
