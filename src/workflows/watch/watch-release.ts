import { isCode, LambdactlError } from '../../errors/error.ts'
import { decide } from '../../release/decision/decide.ts'
import { type Outcome, outcomeOf, outcomeSince } from '../../release/decision/outcome.ts'
import { scheduleFrom, upcomingShifts } from '../../release/plan/plan.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { inProgress, parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { findRelease, planIfKept } from '../alias/find-release.ts'
import type { PlannedRelease } from '../run/release.ts'
import { commandFor, interruptible, type Run, type Target } from '../run/run.ts'
import { observe } from './observe.ts'
import { patientReader } from './patient-reader.ts'
import { pollLaterMs, pollMs } from './poll.ts'
import { tellObserved } from './tell-following.ts'
import { standingTeller } from './tell-standing.ts'

/** The reason of `Run.signal` if the person has seen enough, and wants no error. */
export const seenEnough = 'seen enough'

/**
 * Follows the last release of an alias until it has ended, and takes no part in it: it only reads. It reports the
 * release's state when it changes, and the verdict of its gates. It also follows a release that waits for a person.
 *
 * @returns its outcome; the last seen one if the person has seen enough
 * @throws LambdactlError NOT_FOUND without a release; INTERRUPTED; CONFLICT if the alias was deleted
 */
export async function watchRelease(run: Run, target: Target): Promise<Outcome> {
  const seen: { outcome: Outcome } = { outcome: 'going' }
  try {
    return await interruptible(
      run.signal,
      () => lookOn(run, target, seen),
      () => stopped(target),
    )
  } catch (error) {
    if (run.signal.reason === seenEnough && isCode(error, 'INTERRUPTED')) return seen.outcome
    throw error
  }
}

async function lookOn(run: Run, target: Target, seen: { outcome: Outcome }): Promise<Outcome> {
  const { alias: found, record, isLost } = await findRelease(run, target)
  if (isLost) return outcomeOf(found, record)
  const plan = await planIfKept(run, target, record.id)
  const release = plan && { run, target, plan }
  if (release) tellPlanOf(release, record)
  const tell = standingTeller(run, target)
  const readAgain = patientReader(run, target)
  let alias = found
  for (;;) {
    const now = parseRecord(alias.description)
    const isOurs = now?.id === record.id
    if (isOurs) await tell(alias, now)
    seen.outcome = outcomeSince(record, alias, now)
    if (seen.outcome !== 'going' && seen.outcome !== 'waiting') return seen.outcome
    alias = release ? await lookOnce(release, alias) : await readAgain(alias)
    if (run.signal.aborted) throw stopped(target)
    if (isMoved(alias, now)) continue
    await run.clock.sleep(
      plan ? pollMs(plan, alias, Number.POSITIVE_INFINITY, run.clock.now()) : pollLaterMs,
      run.signal,
    )
  }
}

/** A change is reported at once. */
function isMoved({ description }: AliasState, before: ReleaseRecord | undefined): boolean {
  return parseRecord(description)?.since !== before?.since
}

function tellPlanOf({ run, target, plan }: PlannedRelease, record: ReleaseRecord): void {
  const shifts = scheduleFrom(plan, record, run.clock.now())
  run.emit({ function: target.function, event: 'planned', plan, shifts, alias: target.alias, resumed: true })
}

/** Reports the verdict of the gates; returns the alias's present state. */
async function lookOnce(release: PlannedRelease, alias: AliasState): Promise<AliasState> {
  const { run, plan } = release
  const seen = await observe(release, alias)
  const { record } = seen
  if (record?.id !== plan.id || !inProgress(record) || run.signal.aborted) return seen.alias
  const now = run.clock.now()
  const decision = decide(plan, seen, now)
  const [next] = upcomingShifts(plan, record)
  // Watching does nothing that is due, so it waits until then.
  tellObserved(release, seen, {
    do: 'wait',
    until: decision.do === 'wait' ? decision.until : (next?.at ?? now),
  })
  return seen.alias
}

function stopped(target: Target): LambdactlError {
  return new LambdactlError(
    'INTERRUPTED',
    'Interrupted: only the watching ended, and the release did not change.',
    {
      next: [
        `See its state: ${commandFor(target, 'canary status')}`,
        `To end the release: ${commandFor(target, 'canary abort')}`,
      ],
    },
  )
}
