import { isCode } from '../../errors/error.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { Run, Target } from '../run/run.ts'

/** The triggers of another tool's function by their way, in words; empty if they could not be read. */
type TriggerWays = Pick<NonNullable<Plan['beside']>, 'bypasses' | 'through'>

/** Reads the triggers that go past the alias, and those that go through it. */
async function readWays(
  { aws: { triggers } }: Run,
  { lambdaName, alias }: Target,
): Promise<Required<TriggerWays>> {
  const found = await triggers.list(lambdaName, alias)
  const by = (wanted: string | undefined) =>
    found.filter(({ qualifier }) => qualifier === wanted).map(({ description }) => description)
  return { bypasses: by(undefined), through: by(alias) }
}

/** Reads them as a release is planned; empty for a caller who may not see them. */
export async function triggerWays(run: Run, target: Target): Promise<TriggerWays> {
  try {
    return await readWays(run, target)
  } catch (error) {
    if (isCode(error, 'NOT_PERMITTED')) return {}
    throw error
  }
}

/**
 * Tells which trigger goes another way than before, in words after "since"; undefined for none, and if none could be
 * read before.
 *
 * @throws LambdactlError if they can't be read any more
 */
export async function movedTrigger(
  run: Run,
  target: Target,
  before: TriggerWays,
): Promise<string | undefined> {
  if (!before.bypasses) return undefined
  const now = await readWays(run, target)
  const { lambdaName, alias } = target
  const added = missingIn(before.bypasses, now.bypasses)
  if (added.length > 0)
    return `a trigger now invokes $LATEST of ${lambdaName} past ${alias}: ${added.join(', ')}`
  const gone = missingIn(now.through, before.through ?? [])
  if (gone.length === 0) return undefined
  return `a trigger no longer invokes ${alias} of ${lambdaName}, since something moved it to another version or alias, or deleted it: ${gone.join(', ')}`
}

function missingIn(known: readonly string[], wanted: readonly string[]): readonly string[] {
  return wanted.filter((each) => !known.includes(each))
}
