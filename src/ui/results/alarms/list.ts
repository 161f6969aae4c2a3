import chalk from 'chalk'
import { alarmWords } from '../../../gates/alarms/words.ts'
import type { ListedAlarm, ListedFunction } from '../../../workflows/alarms/list.ts'
import { plainLine } from '../../text/plain.ts'
import { table } from '../../text/table.ts'
import { formatMoment } from '../../text/time.ts'

const colours = { OK: chalk.green, ALARM: chalk.red, INSUFFICIENT_DATA: chalk.yellow }

/**
 * The alarms of functions for a person.
 *
 * @param width of the terminal, in columns
 * @param commandOf the command for a function and a verb, as in `alarms ensure`
 */
export function alarmsText(
  functions: readonly ListedFunction[],
  width: number,
  commandOf: (name: string, verb: string) => string,
): string {
  return functions.flatMap((each) => functionLines(each, width, commandOf)).join('\n')
}

function functionLines(
  listed: ListedFunction,
  width: number,
  commandOf: (name: string, verb: string) => string,
): string[] {
  const { function: name, lambdaName, alias, alarms, missing, unmade } = listed
  const rows = alarms.map((alarm) => [
    colours[alarm.condition](alarm.condition),
    plainLine(alarm.name),
    `since ${formatMoment(alarm.since)}`,
  ])
  const below = alarms.map((alarm) => wordsOf(alarm).map((line) => `    ${line}`))
  const absent = missing.map((each) => `  ${plainLine(each)} gates releases, and does not exist here`)
  const firing = alarms.some(({ condition }) => condition === 'ALARM')
  return [
    `${chalk.bold(name)} ${chalk.dim(`(${lambdaName}:${alias})`)}${alarms.length === 0 ? ' no alarm watches it' : ''}`,
    ...table(rows, [{}, { least: 20, keeps: 'end' }, {}], { width, indent: 2, below }),
    ...absent,
    ...(alarms.some(({ gates }) => gates) ? [] : ['  no alarm gates its releases', ...gateHint(listed)]),
    ...(firing ? [`  → ${commandOf(name, 'status')}`] : []),
    ...nextFor(listed, unmade, commandOf),
  ]
}

function gateHint({ wanted }: ListedFunction): string[] {
  return wanted.length === 0 ? [] : [`  → in its release: alarms: [${wanted.join(', ')}]`]
}

function wordsOf(alarm: ListedAlarm): string[] {
  const { gates, service, blind } = alarm
  const facts = [
    ...(gates ? ['it gates releases'] : []),
    ...(service === undefined ? [] : [`lambdactl made it for ${plainLine(service)}`]),
  ]
  return [
    plainLine(alarmWords(alarm)),
    ...(facts.length > 0 ? [facts.join('; ')] : []),
    ...blind.map(plainLine),
  ]
}

function nextFor(
  { function: name, alarms }: ListedFunction,
  unmade: readonly string[],
  commandOf: (name: string, verb: string) => string,
): string[] {
  if (unmade.length > 0) return [`  → ${commandOf(name, 'alarms ensure')}`]
  if (alarms.length > 0) return []
  return [`  → write alarms: true for ${name} into the file, then ${commandOf(name, 'alarms ensure')}`]
}
