import { asLambdactlError } from '../../../src/errors/error.ts'
import type { JournalEntry } from '../../../src/ports/journal.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../../src/release/values/record.ts'
import { hooksLacking } from './hooks.ts'
import type { Process } from './process.ts'
import { failed, shareOf } from './rules.ts'

/** Nothing moves on before its hooks have passed where it is, by this process or by the journal. */
export function wrongsOfHooks(
  { plan, hooks, looksSinceFailure = 0 }: Process,
  before: AliasState | undefined,
  after: AliasState,
  record: ReleaseRecord,
  journal: readonly JournalEntry[],
  entered: number,
): string[] {
  if (!plan) return []
  const last = before && parseRecord(before.description)
  const begins = last?.id !== plan.id
  const movesOn = shareOf(after, plan.candidate) > shareOf(before, plan.candidate) || record.phase === 'done'
  const lacking =
    begins || movesOn
      ? hooksLacking(plan, hooks, journal, begins ? undefined : last, begins ? 0 : entered)
      : []
  return failed([
    [lacking.length === 0, `moved on though ${lacking.join(' and ')} had not passed`],
    [looksSinceFailure <= mostLooks, `looked ${looksSinceFailure} times before it heeded a hook that failed`],
  ])
}

/** The look that was under way when the hook failed, and the one that heeds it. */
const mostLooks = 2

/** A process leaves no hook behind, and runs the one after its rollback. */
export function wrongsOfHooksAtEnd(
  { plan, hooks, commands, rolledBack, answered }: Process,
  failure: unknown,
): string[] {
  const after = 'after-rollback'
  const isAfter = hooks.some(({ hook }) => hook === after)
  const isOwed = rolledBack && answered && commands[after] && plan?.hooks?.includes(after)
  const error = asLambdactlError(failure)
  const isTold = error.code !== 'ROLLBACK_FAILED' && error.message.includes('is back on version')
  return failed([
    [hooks.every(({ ended }) => ended !== undefined), 'left a hook that ran'],
    [!isOwed || !isTold || isAfter, 'did not run the hook after its rollback'],
  ])
}
