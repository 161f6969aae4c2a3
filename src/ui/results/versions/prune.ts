import chalk from 'chalk'
import type { KeptBecause, KeptVersion } from '../../../operation/versions/plan-prune.ts'
import type { Pruned, PrunedFunction } from '../../../workflows/versions/prune-versions.ts'
import { count, formatBytes, moreInJson } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { table } from '../../text/table.ts'
import { tellTimes } from '../../text/time.ts'
import { numberRanges } from './ranges.ts'

/** The most kept versions of a function that are shown; `--json` has all. */
const mostKept = 20

/**
 * The versions that go and the reasons why the others stay; several lines.
 *
 * @param width of the terminal, in columns
 */
export function prunePlanText(plan: Pruned, width: number): string {
  return [...plan.functions.flatMap((each) => functionLines(each, width)), storageLine(plan)].join('\n')
}

function storageLine({ functions, codeStorage }: Pruned): string {
  if (!codeStorage) return "the account's code storage is unknown: lambda:GetAccountSettings is not permitted"
  const { before, limit } = codeStorage
  const freed = sum(functions.map(({ bytes }) => bytes))
  const used = `the account's ${formatBytes(before)} of code`
  const most = `Lambda stores at most ${formatBytes(limit)}`
  return freed === 0 ? `${used} stay; ${most}` : `${formatBytes(freed)} of ${used} would be free; ${most}`
}

function functionLines(pruned: PrunedFunction, width: number): string[] {
  const { state, gone, kept, bytes } = pruned
  const title = `${chalk.bold(pruned.function)} ${chalk.dim(`(${pruned.lambdaName})`)}`
  if (state === 'missing') return [`${title}: not deployed`]
  const all = count(gone.length + kept.length, 'version')
  const goes = gone.length === 0 ? 'none goes' : `${gone.length} go, ${formatBytes(bytes)}`
  return [
    `${title}: ${all}, ${goes}`,
    ...(gone.length === 0
      ? []
      : [`  ${chalk.red('go')}    ${numberRanges(gone.map(({ version }) => version))}`]),
    ...keptLines(kept, width),
  ]
}

function keptLines(kept: readonly KeptVersion[], width: number): string[] {
  const tellTime = tellTimes()
  const rows = kept
    .slice(0, mostKept)
    .map(({ version, published, because }) => [
      chalk.green('stays'),
      version,
      chalk.dim(tellTime(Date.parse(published))),
      because.map(becauseWords).join(', '),
    ])
  return [
    ...table(rows, [{}, { align: 'right' }, {}, { wraps: true }], { width, gap: 1 }),
    ...moreInJson(kept.length - rows.length, 'version that stays').map((line) => `  ${line}`),
  ]
}

/** The reason why a version stays, as in `the way back of live`. */
function becauseWords(because: KeptBecause): string {
  const alias = 'alias' in because ? plainLine(because.alias) : ''
  switch (because.kind) {
    case 'alias':
      return `${alias} points to it (${because.percent}%)`
    case 'way-back':
      return `on the way back of ${alias}`
    case 'in-flight':
      return `release ${because.release} of ${alias} is in flight`
    case 'last-release':
      return `one of the last releases of ${alias} (${because.release})`
    default:
      return plainWords[because.kind]
  }
}

const plainWords = {
  newest: 'one of the newest',
  provisioned: 'has provisioned concurrency',
  mapping: 'an event source mapping invokes it',
  executing: 'a durable execution of it runs',
  policy: 'has a resource policy of its own',
  young: 'younger than --older-than',
  others: 'another tool published it',
}

/** `37 versions of checkout, pay`. */
export function sumWords({ functions }: Pruned): string {
  const some = functions.filter(({ gone }) => gone.length > 0)
  const names = some.map((each) => each.function)
  const named = names.length > 3 ? count(names.length, 'function') : names.join(', ')
  return `${count(sum(some.map(({ gone }) => gone.length)), 'version')} of ${named}`
}

/** The deletions of a prune, its failures, and the account's code storage; several lines. */
export function pruneEndText({ functions, codeStorage }: Pruned): string {
  const { before, after, limit } = codeStorage ?? {}
  return [
    ...functions.flatMap(endLines),
    ...(before !== undefined && after !== undefined && limit !== undefined
      ? [`code of the account: ${formatBytes(before)} → ${formatBytes(after)} of ${formatBytes(limit)}`]
      : []),
  ].join('\n')
}

function endLines({ function: name, done }: PrunedFunction): string[] {
  if (!done) return []
  const { deleted, spared, failed, left } = done
  const which = deleted.length === 0 ? '' : `: ${numberRanges(deleted)}`
  return [
    `${chalk.bold(name)}: ${count(deleted.length, 'version')} deleted${which}`,
    ...spared.map(
      ({ version, because }) =>
        `  ${chalk.yellow('spared')} ${version}: by now ${because.map(becauseWords).join(', ')}`,
    ),
    ...failed.flatMap(({ version, message, next }) => [
      `  ${chalk.red('failed')} ${version}: ${plainLine(message)}`,
      ...next.map((step) => `    ${chalk.cyan('→')} ${plainLine(step)}`),
    ]),
    ...(left.length > 0
      ? [`  ${chalk.yellow('left')}   ${numberRanges(left)}: not tried, or no answer yet`]
      : []),
    ...(left.length > 0 ? [`  ${chalk.cyan('→')} Run the command again: it goes on with the rest.`] : []),
  ]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
