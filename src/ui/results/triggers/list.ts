import chalk from 'chalk'
import type { ListedTrigger } from '../../../operation/triggers/listed.ts'
import { durationWords } from '../../../release/values/duration.ts'
import type { FileTriggers } from '../../../workflows/sources/file-triggers.ts'
import type { TriggerList } from '../../../workflows/triggers/list.ts'
import { count } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { table } from '../../text/table.ts'

/**
 * The triggers of a function for a person, a row for each.
 *
 * @param width of the terminal, in columns
 */
export function triggerListText(list: TriggerList, width: number): string {
  const { function: name, lambdaName, alias, triggers, next, more } = list
  const past = triggers.filter(({ way }) => way === 'past').length
  const sum = `${triggers.length === 0 ? 'nothing invokes it but calls by name' : count(triggers.length, 'trigger')}${past > 0 ? chalk.yellow(`, ${past} past ${alias}`) : ''}`
  const rows = triggers.map((trigger) => [
    plainLine(trigger.source),
    trigger.qualifier ?? '$LATEST',
    stateText(trigger),
    figureText(trigger),
    noteText(trigger, alias),
  ])
  return [
    `${chalk.bold(name)} ${chalk.dim(`(${lambdaName})`)}: ${sum}`,
    ...table(rows, [{ least: 24, keeps: 'end' }, {}, { least: 10 }, {}, { wraps: true }], { width }),
    ...(list.isAliasThere ? [] : [`  the alias ${alias} does not exist yet`]),
    ...fileLines(list.file),
    ...(list.figuresUnknown === undefined
      ? []
      : [`  queue depth and iterator age are unknown: ${plainLine(list.figuresUnknown)}`]),
    ...(more ? [`  the policies of ${count(more.count, 'older version')} were not read: ${more.see}`] : []),
    ...next.map((step) => `  ${chalk.cyan('→')} ${plainLine(step)}`),
  ].join('\n')
}

/** The triggers that differ from the file, a line for each. */
function fileLines(file: FileTriggers | undefined): string[] {
  if (!file) return []
  const { differences, problems, unknown } = file
  return [
    ...differences.map(({ field, from, to }) =>
      chalk.yellow(`  ${plainLine(field)} is not as in the file: ${plainLine(from)} → ${plainLine(to)}`),
    ),
    ...problems.map(({ trigger, detail }) =>
      chalk.yellow(`  triggers.${plainLine(trigger)} can't be applied: ${plainLine(detail)}`),
    ),
    ...(unknown === undefined ? [] : [`  the triggers of the file were not compared: ${plainLine(unknown)}`]),
  ]
}

function stateText({ kind, state, statement, auth }: ListedTrigger): string {
  if (kind === 'url') return auth === 'none' ? chalk.yellow('public') : 'signed'
  if (kind === 'permission')
    return statement === undefined ? 'permission' : `statement ${plainLine(statement)}`
  return state === 'Enabled' ? chalk.green(state) : chalk.yellow(plainLine(state ?? ''))
}

function figureText({ kind, source, waiting, inFlight = 0, iteratorAgeMs }: ListedTrigger): string {
  if (kind !== 'mapping') return ''
  const working = inFlight > 0 ? `, ${inFlight.toLocaleString('en')} in flight` : ''
  if (waiting !== undefined) return `${waiting.toLocaleString('en')} waiting${working}`
  if (iteratorAgeMs !== undefined) return `${durationWords(Math.round(iteratorAgeMs))} behind`
  return /^(?:SQS|Kinesis|DynamoDB)/.test(source) ? chalk.dim('no figure') : ''
}

function noteText({ way, isAlsoOnAlias, lastResult }: ListedTrigger, alias: string): string {
  const also = `, and ${alias} allows it too: its target decides`
  const past = way === 'past' ? [chalk.yellow(`past ${alias}${isAlsoOnAlias ? also : ''}`)] : []
  const result = lastResult === undefined ? [] : [chalk.dim(plainLine(lastResult))]
  return [...past, ...result].join('  ')
}
