import { lostStanding } from '../../release/decision/lost-standing.ts'
import { type Standing, standing } from '../../release/decision/standing.ts'
import { hasInjectedWeight } from '../../release/values/injected-weight.ts'
import type { AliasState } from '../../release/values/observed.ts'
import type { ReleaseRecord } from '../../release/values/record.ts'
import { commandsFor, type Target } from '../run/run.ts'

/** An alias's release record, or the journal's if its Description has none. */
export interface Records {
  record: ReleaseRecord | undefined
  lost: ReleaseRecord | undefined
}

/** Explains where an alias is, by the record that is there. */
export function explained(alias: AliasState, { record, lost }: Records, target: Target): Standing {
  const commands = commandsFor(target)
  return lost && !hasInjectedWeight(alias)
    ? lostStanding(alias, lost, commands)
    : standing(alias, record, commands)
}
