import type { Plan } from '../../release/plan/plan.ts'
import { movedSince } from '../../release/values/moved.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { inProgress, parseRecord } from '../../release/values/record.ts'

/** Tells whether the release is done: by this process, or by another one that carried it. */
export function isDone(plan: Plan, alias: AliasState): boolean {
  const record = parseRecord(alias.description)
  return record?.id === plan.id && record.phase === 'done' && !movedSince(alias, record)
}

/** Tells whether the alias is in the middle of the release, in the place where the release put it. */
export function isUnderWay(plan: Plan, alias: AliasState): boolean {
  const record = parseRecord(alias.description)
  return record?.id === plan.id && inProgress(record) && !movedSince(alias, record)
}
