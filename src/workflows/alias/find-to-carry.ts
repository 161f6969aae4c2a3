import { readEntries } from '../../release/journal/entry.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { keepJournal } from '../run/keep-journal.ts'
import type { ReleaseResult } from '../run/release-result.ts'
import type { Run, Target } from '../run/run.ts'
import { type FoundRelease, hasLostAlias, lastRelease } from './find-release.ts'
import { lostRelease } from './lost-release.ts'

/**
 * Finds the release that a scheduled job carries on, or the result if there is none. A release that lost its alias is
 * told once, and the journal keeps that it was.
 *
 * @throws LambdactlError CONFLICT for a release that lost its alias, the first time
 */
export async function findToCarry(run: Run, target: Target): Promise<FoundRelease | ReleaseResult> {
  const found = await lastRelease(run, target)
  if (!found || !('record' in found)) {
    return idle(target, found, `${target.lambdaName} has no release of lambdactl at ${target.alias} yet.`)
  }
  if (!hasLostAlias(found)) return found
  const error = await lostRelease(run, target, found)
  const entries = readEntries(await run.aws.journal.read(found.record.id))
  if (entries.some(({ outcome }) => outcome === 'left')) return idle(target, found.alias, error.message)
  await keepJournal(run, target, found.record.id, { kind: 'outcome', outcome: 'left', reason: error.message })
  throw error
}

/** @param last how it is instead, unless the last release is done */
export function idle(target: Target, alias: AliasState | undefined, last?: string): ReleaseResult {
  const result = {
    function: target.function,
    outcome: 'idle',
    version: alias?.version,
    previous: undefined,
  } as const
  return last === undefined ? result : { ...result, last }
}
