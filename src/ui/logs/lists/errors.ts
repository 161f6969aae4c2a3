import chalk from 'chalk'
import { counted } from '../../../gates/comparison/words.ts'
import { frameText, ownFrames } from '../../../logs/lines/stack.ts'
import type {
  ErrorKind,
  ErrorList,
  Sample,
  VersionCount,
} from '../../../workflows/logs/requests/list-errors.ts'
import { csv } from '../../text/csv.ts'
import { plain, plainLine } from '../../text/plain.ts'
import { formatMoment, tellTimes } from '../../text/time.ts'
import { statusText } from './request-status.ts'
import { throttleLines } from './throttles.ts'

/** Lines of a sample that are shown, and frames of a stack. */
const mostLines = 8
const mostFrames = 3

/** The failures of a function for a person: each kind with its counts, its versions and one request with its last lines. */
export function errorsText(list: ErrorList): string {
  const { function: name, since, groups } = list
  const title = `${chalk.bold(name)}  ${titleOf(list)}`
  const throttled = throttleLines(list.throttles, since)
  return [
    title,
    ...groups.flatMap((group) => ['', ...groupLines(group, list)]),
    ...(throttled.length > 0 ? ['', ...throttled] : []),
  ].join('\n')
}

/** The kinds of failures as a table for other programs. Times are ISO 8601 in UTC. */
export function errorsCsv({ groups }: ErrorList): string {
  return csv(
    ['count', 'status', 'kind', 'frame', 'first', 'last', 'versions', 'sample'],
    groups.map(({ count, kind, frame, first, last, versions, sample }) => [
      count,
      sample.status,
      kind,
      frame,
      new Date(first).toISOString(),
      new Date(last).toISOString(),
      versions.map((one) => `${one.version ?? ''}=${one.count}`).join(' '),
      sample.id,
    ]),
  )
}

/** The time is that of the look, so it stands with the requests: the failures begin later. */
function titleOf({ versions, groups, version, since }: ErrorList): string {
  const wanted = versions.filter((one) => version === undefined || one.version === version)
  const requests = sumOf(wanted, 'requests')
  const failed = sumOf(wanted, 'failed')
  const of = version === undefined ? '' : ` of ${versionName(version)}`
  const all = `${counted(requests, 'request')}${of} since ${formatMoment(since)}`
  if (failed === 0) return `no failure in ${all}`
  return `${failed.toLocaleString('en')} of ${all} failed, in ${counted(groups.length, 'way')}`
}

function sumOf(versions: readonly VersionCount[], what: 'requests' | 'failed'): number {
  return versions.reduce((sum, one) => sum + one[what], 0)
}

function groupLines(group: ErrorKind, { versions, since }: ErrorList): string[] {
  const { kind, frame, count, first, last, sample } = group
  const tellTime = tellTimes(since)
  const when = first === last ? `at ${tellTime(first)}` : `first ${tellTime(first)}, last ${tellTime(last)}`
  return [
    `  ${chalk.red(`✖ ${count.toLocaleString('en')} ×`)}  ${chalk.bold(plainLine(kind))}`,
    ...(frame === undefined ? [] : [`    ${chalk.dim(`at ${plainLine(frame)}`)}`]),
    `    ${versionsText(group, versions)}; ${when}`,
    ...sampleLines(sample, tellTime),
  ]
}

/** `only on version 7: 30 of 120 requests`, or each version that has such failures. */
function versionsText({ versions }: Pick<ErrorKind, 'versions'>, all: readonly VersionCount[]): string {
  const [first, ...others] = versions.map(({ version, count }) => {
    const requests = all.find((one) => one.version === version)?.requests ?? count
    return `${versionName(version)}: ${count.toLocaleString('en')} of ${counted(requests, 'request')}`
  })
  const isOne = others.length === 0 && all.length > 1
  return isOne ? chalk.yellow(`only on ${first}`) : `on ${[first, ...others].join(', ')}`
}

function versionName(version: string | undefined): string {
  if (version === undefined) return 'no version'
  return version === '$LATEST' ? version : `version ${version}`
}

function sampleLines(
  { id, status, start, lines, omitted }: Sample,
  tellTime: ReturnType<typeof tellTimes>,
): string[] {
  const shown = lines.slice(-mostLines)
  const hidden = omitted + lines.length - shown.length
  return [
    `    such as request ${id}, ${tellTime(start, 'ms')}, ${statusText(status)}`,
    ...(hidden > 0 ? [`      ${chalk.dim(`… ${counted(hidden, 'line')} before`)}`] : []),
    ...shown.flatMap((line) => lineTexts(line, tellTime)),
  ]
}

function lineTexts(
  { time, level, text, stack = [] }: Sample['lines'][number],
  tellTime: ReturnType<typeof tellTimes>,
): string[] {
  const isBad = level === 'error' || level === 'fatal'
  const [first = '', ...more] = plain(text).split('\n')
  const label = level === undefined ? '' : `${level.toUpperCase()} `
  const frames = ownFrames(stack).slice(0, mostFrames)
  return [
    `      ${chalk.dim(tellTime(time, 'ms'))} ${isBad ? chalk.red(label + first) : label + first}`,
    ...[...more, ...frames.map((frame) => `at ${plainLine(frameText(frame))}`)].map(
      (line) => `        ${chalk.dim(line)}`,
    ),
  ]
}
