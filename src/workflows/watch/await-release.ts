import { LambdactlError } from '../../errors/error.ts'
import { outcomeSince } from '../../release/decision/outcome.ts'
import { standing } from '../../release/decision/standing.ts'
import { durationWords } from '../../release/values/duration.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { findRelease } from '../alias/find-release.ts'
import { errorOfOutcome } from '../ending/errors.ts'
import { commandFor, commandsFor, interruptible, type Run, type Target } from '../run/run.ts'
import { waitUntil } from '../run/wait-until.ts'
import { patientReader } from './patient-reader.ts'
import { standingTeller } from './tell-standing.ts'

/** An awaited release that is done. */
export interface AwaitedRelease {
  function: string
  release: string
  outcome: 'done'
  version: string
}

/** A release takes minutes to hours, and a look is one of the account's 15 calls a second; milliseconds. */
const pauses = { firstPauseMs: 2000, longestPauseMs: 10_000 }

/**
 * Waits until the last release of an alias has ended or needs a person, and takes no part in it: it only reads. It asks
 * again while AWS does not answer. It reports the release's state when it changes, and when nobody seems to carry the
 * release on.
 *
 * @param tellFound gets the release's id, which a failure does not return
 * @throws LambdactlError ROLLED_BACK; PAUSED if it waits for a person, or the time is over; CONFLICT if something else
 * has the alias; INTERRUPTED; NOT_FOUND without a release
 */
export async function awaitRelease(
  run: Run,
  target: Target,
  timeoutMs: number,
  tellFound: (release: string) => void = () => undefined,
): Promise<AwaitedRelease> {
  return interruptible(run.signal, () => wait(run, target, timeoutMs, tellFound), stopped)
}

async function wait(
  run: Run,
  target: Target,
  timeoutMs: number,
  tellFound: (release: string) => void,
): Promise<AwaitedRelease> {
  const { alias, record, isLost } = await findRelease(run, target)
  tellFound(record.id)
  const lost = isLost && endOf(target, record, alias, record)
  if (lost) return lost
  const tell = standingTeller(run, target)
  const readAgain = patientReader(run, target)
  let seen = alias
  let isRead = true
  const late = () => timedOut(target, seen, timeoutMs)
  const patience = { ...pauses, deadlineMs: run.clock.realMs(timeoutMs), late, signal: run.signal }
  return waitUntil(run.clock, `release ${record.id}`, patience, async () => {
    // After an interrupt nobody waits any more, and without pauses.
    if (run.signal.aborted) throw stopped()
    if (!isRead) seen = await readAgain(seen)
    isRead = false
    const now = parseRecord(seen.description)
    if (now?.id === record.id) await tell(seen, now)
    return endOf(target, record, seen, now)
  })
}

/**
 * Returns the result of the waiting; undefined while the release goes on.
 *
 * @throws LambdactlError for every end except the release's success
 */
function endOf(
  target: Target,
  release: ReleaseRecord,
  alias: AliasState,
  now: ReleaseRecord | undefined,
): AwaitedRelease | undefined {
  const outcome = outcomeSince(release, alias, now)
  if (outcome === 'going') return undefined
  if (outcome !== 'done') throw errorOfOutcome(target, alias, now, outcome)
  return { function: target.function, release: release.id, outcome, version: release.candidate }
}

function timedOut(target: Target, alias: AliasState, timeoutMs: number): LambdactlError {
  const { summary, next = [] } = standing(alias, parseRecord(alias.description), commandsFor(target))
  return new LambdactlError('PAUSED', `lambdactl waited ${durationWords(timeoutMs)}, and ${summary}`, {
    next: [`Wait longer: ${commandFor(target, 'canary wait')}`, ...next],
  })
}

function stopped(): LambdactlError {
  return new LambdactlError(
    'INTERRUPTED',
    'Interrupted: only the wait ended, and the release did not change.',
  )
}
