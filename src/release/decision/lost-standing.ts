import { sentence } from '../../errors/sentence.ts'
import { movedSince } from '../values/moved.ts'
import type { AliasState } from '../values/observed.ts'
import { inProgress, type ReleaseRecord } from '../values/record.ts'
import type { Commands, Standing } from './standing.ts'

/**
 * Explains an alias whose Description has no release record, although the journal has a release: something other than
 * lambdactl replaced the Description, and mostly moved the alias with it.
 *
 * @param lost the record of the last release, from the journal
 */
export function lostStanding(
  alias: AliasState,
  lost: ReleaseRecord,
  { rollback }: Pick<Commands, 'rollback'>,
): Standing {
  const { id, strategy, phase, candidate, held } = lost
  const [proven] = held
  const share = alias.weight ? `, with ${alias.weight.percent}% on version ${alias.weight.version}` : ''
  const where = `${alias.name} is on version ${alias.version}${share}`
  const wiped = 'something other than lambdactl replaced its Description'
  if (!inProgress(lost) && !movedSince(alias, lost)) {
    const when = new Date(lost.since).toISOString()
    const summary = `${where}, where ${strategy} ${id} put it, ${when}; ${wiped}, so only the journal tells`
    return { phase: 'unrecorded', summary: sentence(summary) }
  }
  const release = inProgress(lost)
    ? `release ${id} (${strategy} of version ${candidate}) was ${phase.replace('-', ' ')}, and no process can carry it on`
    : `release ${id} (${strategy}, ${phase}) left it on version ${proven}`
  const last = `Version ${proven} was the last that a release of lambdactl gave 100%`
  return {
    phase: 'moved',
    summary: `${where}, and ${wiped}. By the journal, ${release}. ${last}.`,
    next:
      proven === alias.version && !alias.weight
        ? []
        : [`To put version ${proven} back: ${rollback} --to ${proven}`],
  }
}
