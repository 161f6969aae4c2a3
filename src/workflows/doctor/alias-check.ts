import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import { standing } from '../../release/decision/standing.ts'
import { parseRecord } from '../../release/values/record.ts'
import { commandsFor } from '../run/run.ts'
import type { Examined } from './examined.ts'

/** Tells where the alias is, and warns if something else put it there. */
export async function aliasCheck({ run, target }: Examined): Promise<Diagnosis> {
  const title = 'alias'
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
  if (!alias)
    return { title, outcome: 'note', detail: `${target.alias} is not there yet; the next deploy makes it` }
  const { phase, summary, next = [] } = standing(alias, parseRecord(alias.description), commandsFor(target))
  const detail = summary.replace(/\.$/, '')
  if (phase === 'moved')
    return { title, outcome: 'warn', detail, next, why: 'Nothing has proven the version that it serves.' }
  const outcome = phase === 'unrecorded' ? 'note' : 'pass'
  return { title, outcome, detail, ...(next.length > 0 && { next }) }
}
