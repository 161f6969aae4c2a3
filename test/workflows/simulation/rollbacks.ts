import { isBack } from '../../../src/release/decision/rollback-target.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import { parseRecord } from '../../../src/release/values/record.ts'
import type { Process } from './process.ts'

/** A rollback that asks for nothing more leaves what a rollback, by whomever, has put back. */
export function wrongsOfRollback({ isPlainRollback }: Process, before: AliasState | undefined): string[] {
  if (!isPlainRollback || !before || !isBack(before, parseRecord(before.description))) return []
  return [`went back from version ${before.version}, where a rollback had put it`]
}
