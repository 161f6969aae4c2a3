import chalk from 'chalk'
import type { Weight } from '../../release/values/observed.ts'
import type { RollbackResult } from '../../workflows/roll-back.ts'
import { plainLine } from '../text/plain.ts'
import { withTimes } from '../text/time.ts'

/** The result of a rollback for a person: the alias's place, and the commands that undo it or go further back. */
export function rollbackText(view: RollbackResult): string {
  const { function: name, alias, version, weight, from, because, undo, next } = view
  if (because !== undefined) {
    return [
      `${name}: ${plainLine(withTimes(because))}`,
      ...next.map((step) => `  ${chalk.cyan('→')} ${step}`),
    ].join('\n')
  }
  const now = weight ? `with ${shareOf(weight)}; no gate watches it` : 'weights cleared'
  const before = from.weight ? `${from.version} with ${shareOf(from.weight)}` : from.version
  const line = `${name}: ${alias} is on version ${version}, ${now} (before: ${before})`
  return undo === undefined ? line : `${line}\nTo undo: ${undo}`
}

function shareOf({ version, percent }: Weight): string {
  return `${percent}% on ${version}`
}
