import { LambdactlError } from '../errors/error.ts'
import type { FunctionState } from '../ports/functions.ts'
import { changeWords } from '../release/changes/change-words.ts'
import { type ConfigurationChange, configurationChanges } from '../release/changes/configuration-changes.ts'
import { manualChange, type Place, waysFrom } from '../release/decision/manual-change.ts'
import { goneWords } from '../release/decision/rollback-target.ts'
import { type Act, pastReleases } from '../release/history/history.ts'
import { readEntries } from '../release/journal/entry.ts'
import type { Actor } from '../release/values/actor.ts'
import type { Check } from '../release/values/check.ts'
import type { AliasState } from '../release/values/observed.ts'
import { inProgress, parseRecord, type ReleaseRecord } from '../release/values/record.ts'
import { explainMissing } from './alias/explain-missing.ts'
import { coldWords } from './provisioned/warn-of-cold.ts'
import type { Run, Target } from './run/run.ts'
import { orFailure } from './run/unread.ts'
import { stoppedOf } from './stopping/stopped.ts'

/** The release in progress that a rollback would end, and the people who are on it. */
interface Ended extends Pick<ReleaseRecord, 'id' | 'strategy' | 'phase' | 'step' | 'steps' | 'since'> {
  /** The ARN of the credentials that began it; absent if the journal does not tell. */
  by?: string
  /** The person or system for whom the process said to act. */
  actor?: Actor
  /** The last decision of a person about it; absent for none. */
  lastAct?: Act
}

/** A rollback that changes nothing. */
export interface Foretold {
  version: string
  /** The reason for this version, a sentence without its full stop. */
  why: string
  /** Absent if no release is in progress. */
  ends?: Ended
  checks: Check[]
  /** Undefined if the versions could not be compared. */
  changes: ConfigurationChange[] | undefined
}

interface Wanted {
  alias: AliasState
  place: Place
  lost: ReleaseRecord | undefined
  /** Whether a person named the version. */
  exactly: boolean
}

/**
 * Finds where a rollback would go, as the rollback itself does, and what a person meets there. Only reads.
 *
 * @throws LambdactlError NOT_FOUND if none of the versions exists
 */
export async function foretellRollback(run: Run, target: Target, wanted: Wanted): Promise<Foretold> {
  const { alias, lost, exactly } = wanted
  const { state, version, gone } = await firstThere(run, target, wanted)
  const record = parseRecord(alias.description) ?? lost
  const left = alias.version === version ? alias.weight?.version : alias.version
  const compared = left === undefined ? [] : await changesFrom(run, target, left, state)
  const ends = inProgress(record) && record ? await endedOf(run, target, record) : undefined
  const why = exactly ? 'it was asked for' : 'it is the last version that held 100% and exists'
  return {
    version,
    why: lost ? `${why}, by the journal: the alias has no record any more` : why,
    ...(ends && { ends }),
    checks: [
      versionCheck(version, state, gone),
      await stopCheck(run, target, state),
      configurationCheck(left, compared),
      await coldCheck(run, target, version, left),
    ],
    changes: compared instanceof LambdactlError ? undefined : compared,
  }
}

interface There {
  version: string
  state: FunctionState
  /** Deleted versions that would come before it. */
  gone: string[]
}

async function firstThere(run: Run, target: Target, { alias, place, lost, exactly }: Wanted): Promise<There> {
  const change = manualChange(alias, place, { id: '', reason: undefined, now: run.clock.now(), lost })
  const ways = exactly ? [change] : waysFrom(change)
  const gone: string[] = []
  for (const { version } of ways) {
    const state = await run.aws.functions.get(target.lambdaName, version)
    if (state) return { version, state, gone }
    gone.push(version)
  }
  const what = `No version of the way back exists in ${target.lambdaName}.`
  throw await explainMissing(run, target, { wanted: gone, alias }, new LambdactlError('NOT_FOUND', what))
}

function versionCheck(version: string, { status, statusReason }: FunctionState, gone: string[]): Check {
  const title = 'version'
  if (status === 'failed')
    return { title, outcome: 'fail', detail: `version ${version} has failed: ${statusReason ?? 'no reason'}` }
  const words = goneWords(version, gone)
  if (words !== undefined) return { title, outcome: 'warn', detail: words }
  return { title, outcome: 'pass', detail: `version ${version} exists` }
}

async function stopCheck(run: Run, target: Target, state: FunctionState): Promise<Check> {
  const title = 'invocations'
  const stopped = await stoppedOf(run, target, state)
  if (!stopped) return { title, outcome: 'pass', detail: 'Lambda accepts them' }
  return { title, outcome: 'warn', detail: `the function is ${stopped.summary}`, next: [stopped.next] }
}

async function changesFrom(
  run: Run,
  target: Target,
  left: string,
  to: FunctionState,
): Promise<ConfigurationChange[] | LambdactlError> {
  const from = await orFailure(() => run.aws.functions.get(target.lambdaName, left))
  if (from instanceof LambdactlError) return from
  if (!from) return new LambdactlError('NOT_FOUND', `Version ${left} was not found.`)
  return configurationChanges(from.settings, to.settings)
}

function configurationCheck(
  left: string | undefined,
  compared: readonly ConfigurationChange[] | LambdactlError,
): Check {
  const title = 'configuration'
  if (compared instanceof LambdactlError)
    return { title, outcome: 'warn', detail: `it could not be compared: ${compared.message}` }
  if (compared.length === 0) return { title, outcome: 'pass', detail: 'no setting differs' }
  const words = compared.map(changeWords).join('; ')
  return { title, outcome: 'warn', detail: `it differs from that of version ${left}: ${words}` }
}

async function coldCheck(
  run: Run,
  target: Target,
  version: string,
  left: string | undefined,
): Promise<Check> {
  const title = 'provisioned concurrency'
  const cold = left === undefined ? undefined : await orFailure(() => coldWords(run, target, version, left))
  if (cold instanceof LambdactlError)
    return { title, outcome: 'warn', detail: `it could not be read: ${cold.message}` }
  if (cold === undefined) return { title, outcome: 'pass', detail: 'none that the version would lack' }
  return { title, outcome: 'warn', detail: cold }
}

/** The people are known to the journal alone, so they may be missing. */
async function endedOf(run: Run, target: Target, record: ReleaseRecord): Promise<Ended> {
  const { id, strategy, phase, step, steps, since } = record
  const ended = { id, strategy, phase, step, steps, since }
  const entries = await orFailure(() => run.aws.journal.read(id))
  if (entries instanceof LambdactlError) return ended
  const [release] = pastReleases(readEntries(entries), target.lambdaName, target.alias)
  const { by, actor, acts = [] } = release ?? {}
  const lastAct = acts.at(-1)
  return {
    ...ended,
    ...(by !== undefined && { by }),
    ...(actor && { actor }),
    ...(lastAct && { lastAct }),
  }
}
