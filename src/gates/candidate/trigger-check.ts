import type { Check } from '../../release/values/check.ts'
import type { Trigger } from '../../release/values/observed.ts'
import { type Made, triggerWays } from './trigger-ways.ts'

/** The function and alias that triggers should invoke, and the function's tags, which show the tool that made it. */
export interface Triggered extends Made {
  functionName: string
  alias: string
}

/**
 * Checks that every trigger goes through the alias: events of other triggers never reach the candidate. If some
 * triggers go past the alias it warns; if all do it fails. It says how to put each kind of trigger on the alias. A
 * function without triggers passes: it is invoked by name.
 */
export function triggerCheck(
  triggers: readonly Trigger[],
  { functionName, alias, ...made }: Triggered,
): Check {
  const title = 'triggers'
  const past = triggers.filter(({ qualifier }) => qualifier !== alias)
  if (past.length === 0) {
    const count = triggers.length
    return {
      title,
      outcome: 'pass',
      detail: count === 0 ? 'none configured' : `${count} of ${count} go through ${alias}`,
    }
  }
  const names = past
    .map(({ description, qualifier }) => `${description} invokes ${qualifier ?? '$LATEST'}`)
    .join('; ')
  const all = past.length === triggers.length
  return {
    title,
    outcome: all ? 'fail' : 'warn',
    detail: `${past.length} of ${triggers.length} bypass ${alias}: ${names}`,
    next: triggerWays(past, functionName, alias, made),
  }
}
