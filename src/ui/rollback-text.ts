import chalk from 'chalk'
import type { Weight } from '../release/observed.ts'
import { plainLine } from './plain.ts'

/** What the text of a rollback shows. */
export interface RollbackView {
  function: string
  alias: string
  version: string
  weight?: Weight
  from: { version: string; weight?: Weight }
  because: string | undefined
  undo: string | undefined
  next: readonly string[]
}

/** What a rollback came to, for a person: where the alias is, and what takes that back or goes further. */
export function rollbackText(view: RollbackView): string {
  const { function: name, alias, version, weight, from, because, undo, next } = view
  if (because !== undefined) {
    return [`${name}: ${plainLine(because)}`, ...next.map((step) => `  ${chalk.cyan('→')} ${step}`)].join(
      '\n',
    )
  }
  const now = weight ? `with ${shareOf(weight)}; no gate watches it` : 'weights cleared'
  const before = from.weight ? `${from.version} with ${shareOf(from.weight)}` : from.version
  const line = `${name}: ${alias} is on version ${version}, ${now} (before: ${before})`
  return undo === undefined ? line : `${line}\nTo undo: ${undo}`
}

function shareOf({ version, percent }: Weight): string {
  return `${percent}% on ${version}`
}
