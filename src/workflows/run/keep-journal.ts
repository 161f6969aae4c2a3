import { asLambdactlError, isEndedCall } from '../../errors/error.ts'
import type { NewEntry } from '../../release/journal/entry.ts'
import type { Actor } from '../../release/values/actor.ts'
import type { AliasChange } from '../../release/values/observed.ts'
import type { Run, Target } from './run.ts'
import { warn } from './warn.ts'

/** The ARN of who acts; unknown where that can't be asked, which never stops a release or a rollback either. */
async function whoReleases(run: Run, target: Target): Promise<string | undefined> {
  try {
    return (await run.aws.identity.caller()).arn
  } catch (error) {
    const failure = asLambdactlError(error)
    if (failure.code === 'BUG') warn(run, target, failure.message)
    return undefined
  }
}

/** Who acts, for the journal: AWS says `by`, and the process itself whom it acts for. */
export interface Acting {
  by?: string | undefined
  actor?: Actor | undefined
}

export async function whoActs(run: Run, target: Target): Promise<Acting> {
  return { by: await whoReleases(run, target), ...(run.actor ? { actor: run.actor } : {}) }
}

/**
 * Writes one entry to a release's journal. A journal that can't be written is a warning: it never stops a release, least
 * of all its rollback.
 */
export async function keepJournal(
  run: Run,
  target: Target,
  releaseId: string,
  entry: NewEntry,
): Promise<void> {
  const { function: name, environment, lambdaName, alias } = target
  const whose = { function: name, environment, lambdaName, alias }
  const append = () => run.aws.journal.append(releaseId, { time: run.clock.now(), ...whose, ...entry })
  try {
    // An interrupt ends the call that it finds, and what happened before it is to be on record.
    await append().catch((error: unknown) => {
      if (!isEndedCall(error)) throw error
      return append()
    })
  } catch (error) {
    const text = `The release goes on, but its journal could not be written. ${asLambdactlError(error).message}`
    warn(run, target, text)
  }
}

/** Puts on record where the alias is now. */
export async function journalShift(
  run: Run,
  target: Target,
  { version, weight, record }: AliasChange,
): Promise<void> {
  const { id, phase, step } = record
  await keepJournal(run, target, id, {
    kind: phase === 'done' ? 'done' : 'shifted',
    version,
    weight,
    phase,
    step,
  })
}
