import type { Check } from '../../release/values/check.ts'
import type { Trigger } from '../../release/values/observed.ts'
import { type Made, triggerWays } from './trigger-ways.ts'

/** The function and alias that triggers should invoke, and the function's tags, which tell the tool that made it. */
export interface Triggered extends Made {
  functionName: string
  alias: string
}

/**
 * Every trigger must go through the alias, or its events never meet the candidate. Some that go past it warn; all of
 * them fail. It says how each kind of them is put on the alias. No trigger at all passes: such a function is invoked by name.
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
    detail: `${past.length} of ${triggers.length} go past ${alias}: ${names}`,
    next: triggerWays(past, functionName, alias, made),
  }
}
