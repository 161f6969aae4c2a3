import chalk from 'chalk'
import type { DestroyedFunction } from '../../workflows/destroy/carry-out.ts'
import type { Leftover, OwnPart } from '../../workflows/destroy/leftovers.ts'
import { count } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'

/** The functions that go with all their parts, or went; several lines. */
export function destroyText(functions: readonly DestroyedFunction[]): string {
  return functions.flatMap(functionLines).join('\n')
}

function functionLines(each: DestroyedFunction): string[] {
  const { own, triggers, logGroup, mappings, leftovers, unread, outcome, deleted, error } = each
  const title = `${chalk.bold(each.function)} ${chalk.dim(`(${each.lambdaName})`)}: ${outcomeWords(each)}`
  const verb = outcome === 'planned' ? 'goes ' : 'stays'
  const group = outcome === 'destroyed' && logGroup?.goes ? 'went ' : logGroup?.goes ? verb : 'stays'
  const hint = logGroup?.goes ? '' : ' (--logs takes it away)'
  return [
    title,
    ...partsOf(each).map((part) => `  ${deleted ? 'went ' : verb} ${part}`),
    ...triggers.map(
      ({ name, source, deleted: isGone }) =>
        `  ${isGone ? 'went ' : verb} trigger ${plainLine(name)}: ${plainLine(source)}`,
    ),
    ...own.map((part) => `  ${part.deleted ? 'went ' : verb} ${ownWords(part)}`),
    ...(logGroup ? [`  ${group} log group ${plainLine(logGroup.name)}${hint}`] : []),
    ...mappings.flatMap(({ uuid, source, takeAway }) =>
      stays(
        `event source mapping ${uuid} of ${plainLine(source)}: it invokes nothing without the function`,
        takeAway,
      ),
    ),
    ...leftovers.flatMap(leftoverLines),
    ...unread.map((text) => `  ${chalk.yellow('may stay')}, could not be read: ${plainLine(text)}`),
    ...(error
      ? [
          `  ${chalk.red(plainLine(error.message))}`,
          ...error.next.map((step) => `  ${chalk.cyan('→')} ${plainLine(step)}`),
        ]
      : []),
  ]
}

function ownWords({ kind, names }: OwnPart): string {
  const listed = names.map((name) => plainLine(name)).join(', ')
  return kind === 'alarms'
    ? `${count(names.length, 'alarm')} of lambdactl: ${listed}`
    : `the scaling of ${listed}`
}

function leftoverLines({ kind, names, takeAway }: Leftover): string[] {
  const listed = names.map((name) => plainLine(name)).join(', ')
  return stays(
    kind === 'scaling'
      ? `the scaling of ${listed}, which is not lambdactl's alone`
      : `the state machine ${listed}: its executions would end with it`,
    takeAway,
  )
}

function stays(what: string, takeAway: string): string[] {
  return [
    `  ${chalk.yellow('stays')} ${what}`,
    `    ${chalk.cyan('→')} to take it away: ${plainLine(takeAway)}`,
  ]
}

function outcomeWords({ outcome, state }: DestroyedFunction): string {
  if (outcome === 'nothing') return state === 'missing' ? 'not deployed' : 'nothing to take away'
  return {
    planned: 'would be destroyed',
    destroyed: chalk.green('destroyed'),
    failed: chalk.red('failed'),
    left: chalk.yellow('not tried'),
  }[outcome]
}

function partsOf({ state, alias, versions, hasUrl, reserved }: DestroyedFunction): string[] {
  if (state === 'missing') return []
  return [
    `the function with ${count(versions, 'published version')}`,
    ...(alias === undefined ? [] : [`alias ${plainLine(alias)}${hasUrl ? ' with its URL' : ''}`]),
    ...(reserved === undefined ? [] : [`its reserved concurrency of ${reserved}`]),
  ]
}
