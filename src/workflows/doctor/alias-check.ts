import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import { parseRecord } from '../../release/values/record.ts'
import { explained } from '../alias/explain-alias.ts'
import { lostRecordOf } from '../alias/find-lost-record.ts'
import type { Examined } from './examined.ts'

/** Tells where the alias is, and warns if something else put it there. */
export async function aliasCheck({ run, target }: Examined): Promise<Diagnosis> {
  const title = 'alias'
  const alias = await run.aws.aliases.get(target.lambdaName, target.alias)
  if (!alias)
    return { title, outcome: 'note', detail: `${target.alias} is not there yet; the next deploy makes it` }
  const record = parseRecord(alias.description)
  const lost = await lostRecordOf(run, target, alias)
  const { phase, summary, next = [] } = explained(alias, { record, lost }, target)
  const detail = summary.replace(/\.$/, '')
  if (phase === 'moved') {
    const isProven = !alias.weight && alias.version === (record ?? lost)?.held[0]
    const why = isProven ? {} : { why: 'Nothing has proven the version that it serves.' }
    return { title, outcome: 'warn', detail, next, ...why }
  }
  const outcome = phase === 'unrecorded' ? 'note' : 'pass'
  return { title, outcome, detail, ...(next.length > 0 && { next }) }
}
