import chalk from 'chalk'
import type { AlarmChange } from '../../../operation/alarms/plan.ts'
import type { Ensured, EnsuredFunction } from '../../../workflows/alarms/ensure.ts'
import { plainLine } from '../../text/plain.ts'

/** The changes that alarms need, for a person; several lines. */
export function ensurePlanText({ functions }: Ensured): string {
  return functions.flatMap(functionLines).join('\n')
}

/** The end of a change, and its undo. */
export function ensureEndText({ functions, dryRun, undo }: Ensured): string {
  const changed = functions.flatMap(({ changes }) => changes).filter(({ kind }) => kind !== 'same').length
  if (changed === 0) return 'the alarms are as the file wants them: nothing to do'
  if (dryRun) return 'nothing was changed'
  return ['done', ...undo.map((command) => `  → to undo: ${command}`)].join('\n')
}

function functionLines({ function: name, lambdaName, alias, changes }: EnsuredFunction): string[] {
  const title = `${chalk.bold(name)} ${chalk.dim(`(${lambdaName}:${alias})`)}`
  if (changes.length === 0) return [`${title}: the file has no alarms for it`]
  return [title, ...changes.flatMap(changeLines)]
}

function changeLines(change: AlarmChange): string[] {
  const name = plainLine(change.name)
  switch (change.kind) {
    case 'make':
      return [`  ${chalk.green('+')} ${name}`, `      ${plainLine(change.alarm.description)}`]
    case 'remove':
      return [`  ${chalk.red('-')} ${name}`]
    case 'same':
      return [`  ${chalk.dim('=')} ${name}`]
    case 'taken':
      return [`  ${chalk.yellow('!')} ${name}`]
    case 'change':
      return [
        `  ${chalk.yellow('~')} ${name}`,
        ...change.differences.flatMap(({ part, before, after }) => [
          `      ${part}`,
          `        CloudWatch has ${plainLine(before)}`,
          `        the file wants ${plainLine(after)}`,
        ]),
      ]
  }
}
