import { asLambdactlError, isEndedCall } from '../../errors/error.ts'
import type { NewEntry } from '../../release/journal/entry.ts'
import type { Actor } from '../../release/values/actor.ts'
import type { AliasChange } from '../../release/values/observed.ts'
import type { Run, Target } from './run.ts'
import { warn } from './warn.ts'

/** The ARN of the credentials; unknown if AWS can't tell it, which never stops a release or a rollback. */
async function whoReleases(run: Run, target: Target): Promise<string | undefined> {
  try {
    return (await run.aws.identity.caller()).arn
  } catch (error) {
    const failure = asLambdactlError(error)
    if (failure.code === 'BUG') warn(run, target, failure.message)
    return undefined
  }
}

/** The actor for the journal: `by` comes from AWS, `actor` is the process's own claim. */
export interface Acting {
  by?: string | undefined
  actor?: Actor | undefined
}

export async function whoActs(run: Run, target: Target): Promise<Acting> {
  return { by: await whoReleases(run, target), ...(run.actor ? { actor: run.actor } : {}) }
}

/**
 * Writes one entry to a release's journal. If that fails there is a warning: it never stops a release or a rollback.
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
    // An interrupt ends the calls under way, but earlier events have to be on record.
    await append().catch((error: unknown) => {
      if (!isEndedCall(error)) throw error
      return append()
    })
  } catch (error) {
    const text = `The release goes on, but its journal could not be written. ${asLambdactlError(error).message}`
    warn(run, target, text)
  }
}

/** Puts the alias's new place on record. */
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
