import chalk from 'chalk'
import { firstNames } from '../../errors/first-few.ts'
import type { DevEvent } from '../../workflows/dev/event.ts'
import { count, formatBytes } from '../text/figures.ts'
import { plain, plainLine } from '../text/plain.ts'

/** The files that a line names; a change of branch touches hundreds. */
const mostNamed = 3

/** One line about an event of developing; the error of a failure is told elsewhere, below its line. */
export function devText(event: DevEvent): string {
  switch (event.event) {
    case 'deployed':
      return `${nameOf(event)}  ${event.isNew ? 'serves' : 'deployed:'} version ${event.version} (${durationOf(event.ms)})`
    case 'reloaded':
      return `${nameOf(event)}  ${chalk.green('reloaded')} in ${durationOf(event.ms)}: version ${event.version}, ${formatBytes(event.zippedBytes)}  ${filesOf(event.files)}`
    case 'unchanged':
      return `${nameOf(event)}  nothing to reload: the package is as it was  ${filesOf(event.files)}`
    case 'failed':
      return `${nameOf(event)}  ${chalk.red('not reloaded')}, the code before it stays`
    case 'configured':
      return `the configuration was read again: ${changesOf(event)}`
    case 'misconfigured':
      return `${chalk.red('the configuration has a fault')}, the one before it stays`
    case 'answered':
      return `${nameOf(event)}  ${answeredWords(event)} in ${durationOf(event.ms)}`
    case 'unanswered':
      return `${nameOf(event)}  ${chalk.red('not invoked')}`
    case 'watching':
      return `watching ${count(event.functions, 'function')}; Ctrl-C ends it`
  }
}

type Answered = Extract<DevEvent, { event: 'answered' }>

function answeredWords({ version, functionError, isSame }: Answered): string {
  if (functionError !== undefined) return `version ${version} ${chalk.red('failed')}`
  return `version ${version} ${isSame ? 'answered as before' : 'answered'}`
}

/** The answer of an invocation, or its differences from the one before; several lines. */
export function answerText({ payload, change }: Answered): string {
  if (change === undefined) return plain(payload)
  const lines = change
    .trimEnd()
    .split('\n')
    .filter((line) => !/^(?:---|\+\+\+|@@) /.test(line))
  return lines.map(colouredLine).join('\n')
}

function colouredLine(line: string): string {
  const shown = plainLine(line)
  if (line.startsWith('+')) return chalk.green(shown)
  return line.startsWith('-') ? chalk.red(shown) : shown
}

function nameOf({ function: name }: { function: string }): string {
  return chalk.bold(plainLine(name))
}

function durationOf(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

function filesOf(files: readonly string[]): string {
  return chalk.dim(plainLine(firstNames(files, mostNamed)))
}

function changesOf({ added, changed, removed }: Extract<DevEvent, { event: 'configured' }>): string {
  return [
    ...(added.length > 0 ? [`${added.join(', ')} added`] : []),
    ...(changed.length > 0 ? [`${changed.join(', ')} changed`] : []),
    ...(removed.length > 0 ? [`${removed.join(', ')} removed, still in the sandbox`] : []),
  ].join('; ')
}
