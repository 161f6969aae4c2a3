import { isCode } from '../../errors/error.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { Run, Target } from '../run/run.ts'

/** The triggers of another tool's function by their way, in words; empty if they could not be read. */
type TriggerWays = Pick<NonNullable<Plan['beside']>, 'bypasses' | 'through'>

/** Reads the triggers that go past the alias, and those that go through it; empty for a caller who may not see them. */
export async function triggerWays(
  { aws: { triggers } }: Run,
  { lambdaName, alias }: Target,
): Promise<TriggerWays> {
  try {
    const found = await triggers.list(lambdaName, alias)
    const by = (wanted: string | undefined) =>
      found.filter(({ qualifier }) => qualifier === wanted).map(({ description }) => description)
    return { bypasses: by(undefined), through: by(alias) }
  } catch (error) {
    if (isCode(error, 'NOT_PERMITTED')) return {}
    throw error
  }
}

/** Tells which trigger goes another way than before, in words after "since"; undefined for none. */
export function movedTrigger(
  { lambdaName, alias }: Target,
  before: TriggerWays,
  now: TriggerWays,
): string | undefined {
  const added = missingIn(before.bypasses, now.bypasses)
  if (added.length > 0)
    return `a trigger now invokes $LATEST of ${lambdaName} past ${alias}: ${added.join(', ')}`
  const gone = missingIn(now.through, before.through)
  if (gone.length === 0) return undefined
  return `a trigger no longer invokes ${alias} of ${lambdaName}, since something moved it to another version or alias, or deleted it: ${gone.join(', ')}`
}

/** The wanted triggers that are not known; none if one list could not be read. */
function missingIn(
  known: readonly string[] | undefined,
  wanted: readonly string[] | undefined,
): readonly string[] {
  return known && wanted ? wanted.filter((each) => !known.includes(each)) : []
}
