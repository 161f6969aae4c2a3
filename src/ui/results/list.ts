import chalk from 'chalk'
import type { AccountFunction, AccountList } from '../../workflows/adoption/list-functions.ts'
import { count } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'
import { type Column, table } from '../text/table.ts'
import { formatMoment } from '../text/time.ts'

const columns: readonly Column[] = [{ least: 20 }, {}, {}, { least: 12 }, {}]

/**
 * The functions of an account, a row each.
 *
 * @param width of the terminal, in columns
 */
export function accountListText({ functions, total, missing }: AccountList, width: number): string {
  const chosen = functions.length === total ? '' : `${functions.length} of `
  return [
    `${chosen}${count(total, 'function')} in this account and Region`,
    ...table(functions.map(cellsOf), columns, { width }),
    ...(missing.length > 0
      ? [`  ${chalk.yellow('not deployed')}: ${missing.map((name) => plainLine(name)).join(', ')}`]
      : []),
  ].join('\n')
}

function cellsOf(each: AccountFunction): string[] {
  const { name, runtime, lastModified, knownAs, released } = each
  const known = knownAs === undefined ? '' : chalk.green(`${plainLine(knownAs)} of lambdactl.yaml`)
  const elsewhere = released.length > 0 ? `released by lambdactl (${released.map(plainLine).join(', ')})` : ''
  return [
    plainLine(name),
    runtime ?? 'image',
    chalk.dim(lastModified === '' ? '' : formatMoment(Date.parse(lastModified))),
    aliasWords(each),
    known || elsewhere,
  ]
}

/** `live 41, 42 10%`. */
function aliasWords({ aliases }: AccountFunction): string {
  if (!aliases) return chalk.yellow('aliases unknown')
  return aliases
    .map(({ name, version, weight }) => {
      const second = weight ? `+${weight.version} ${weight.percent}%` : ''
      return plainLine(`${name} ${version}${second}`)
    })
    .join(', ')
}
