import { LambdactlError } from '../../errors/error.ts'
import type { JournalEntry } from '../../ports/journal.ts'
import { type PastRelease, pastReleases } from '../../release/history/history.ts'
import { readEntries } from '../../release/journal/entry.ts'
import { findLastRelease } from '../alias/find-release.ts'
import { farthestMs } from '../run/read-past.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'

/** A release with the journal's entries about it, and about a rollback by hand that ended it. */
export interface Reported {
  release: PastRelease
  entries: JournalEntry[]
}

/** A shorter beginning of an id would have the journal of many releases read. */
const leastLetters = 4

/**
 * Finds the release that a word names.
 *
 * @param word an id of `history`, its beginning, or `latest`: the last release that was not a rollback by hand
 * @throws LambdactlError USAGE for a word that is no id, or begins several; NOT_FOUND
 */
export async function findReported(run: Run, target: Target, word: string): Promise<Reported> {
  const begin = word === 'latest' ? await latest(run, target) : requireId(target, word)
  const found = await run.aws.journal.beginning(begin)
  const own = pastReleases(readEntries(found), target.lambdaName, target.alias)
  const [release, ...others] = own
  if (!release) throw notFound(target, begin, found)
  if (others.length > 0) {
    throw new LambdactlError('USAGE', `${own.length} releases begin with ${begin}.`, {
      next: [`Name one of them: ${own.map(({ id }) => id).join(', ')}.`],
    })
  }
  return withItsEnd(run, target, release, found)
}

/** A rollback by hand ends a release in a stream of its own. */
async function withItsEnd(
  { aws }: Run,
  { lambdaName, alias }: Target,
  release: PastRelease,
  own: JournalEntry[],
): Promise<Reported> {
  const { id, outcome, started } = release
  if (outcome === 'done' || outcome === 'rolled-back') return { release, entries: own }
  const later = await aws.journal.since(started, lambdaName)
  const entries = [...own, ...later.filter((entry) => entry['ended'] === id)]
  const ended = pastReleases(readEntries(entries), lambdaName, alias).find((each) => each.id === id)
  return { release: ended ?? release, entries }
}

/** A rollback by hand has no plan, steps or gates: the release before it is wanted. */
async function latest(run: Run, target: Target): Promise<string> {
  const { record } = await findLastRelease(run, target)
  if (record.strategy !== 'rollback') return record.id
  const entries = await run.aws.journal.since(run.clock.now() - farthestMs, target.lambdaName)
  const past = pastReleases(readEntries(entries), target.lambdaName, target.alias)
  return past.find(({ strategy }) => strategy !== 'rollback')?.id ?? record.id
}

function requireId(target: Target, word: string): string {
  const id = word.toLowerCase()
  if (/^[0-9a-z]+$/.test(id) && id.length >= leastLetters) return id
  throw new LambdactlError(
    'USAGE',
    `Expected the id of a release, its first ${leastLetters} characters or more, or latest, got ${JSON.stringify(word)}.`,
    { next: [`Find the id: ${commandFor(target, 'history')}`] },
  )
}

function notFound(target: Target, id: string, found: readonly JournalEntry[]): LambdactlError {
  const other = found.find(
    ({ lambdaName }) => typeof lambdaName === 'string' && lambdaName !== target.lambdaName,
  )
  const whose = other ? `: it is of ${String(other['lambdaName'])}` : ''
  return new LambdactlError(
    'NOT_FOUND',
    `The journal (/lambdactl/releases) has no release ${id} of alias ${target.alias} of ${target.lambdaName}${whose}.`,
    { next: [`See its releases: ${commandFor(target, 'history')}`] },
  )
}
