import type { Diagnosis } from '../../gates/doctor/diagnosis.ts'
import { parseRecord, waitsForPerson } from '../../release/values/record.ts'
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
  if (record && waitsForPerson(record)) {
    const why = 'The release goes on only if a person decides.'
    return { title, outcome: 'warn', detail, why, next }
  }
  if (lost) return { title, outcome: 'warn', detail, ...replacing(target.alias) }
  const outcome = phase === 'unrecorded' ? 'note' : 'pass'
  return { title, outcome, detail, ...(next.length > 0 && { next }) }
}

/** The advice about a tool that puts its own text into the alias's Description. */
function replacing(alias: string): Pick<Diagnosis, 'why' | 'next'> {
  return {
    why: 'The tool that replaced it will do so again. A release that is under way then stops, and no process can carry it on.',
    next: [
      `Make the tool that changes ${alias} leave it alone; in Terraform: lifecycle { ignore_changes = [function_version, routing_config, description] } in its aws_lambda_alias (docs/beside-iac.md)`,
    ],
  }
}
