import chalk from 'chalk'
import { counted } from '../../../gates/comparison/words.ts'
import type { RequestSummary } from '../../../logs/requests/summary.ts'
import type { Percentiles, Totals } from '../../../logs/requests/totals.ts'
import type { RequestList } from '../../../workflows/logs/requests/list-requests.ts'
import { type CsvCell, csv } from '../../text/csv.ts'
import { plainLine } from '../../text/plain.ts'
import { type Column, table } from '../../text/table.ts'
import { formatMoment, tellTimes } from '../../text/time.ts'
import { durationText } from '../duration.ts'
import { versionText } from '../label.ts'
import { statusText, statusWords } from './request-status.ts'
import { throttleLines } from './throttles.ts'

/**
 * Requests for a person: a row each, then their counts and percentiles.
 *
 * @param most how many rows are shown: the newest ones, or the first ones where they are sorted by duration
 * @param width of the terminal, in columns
 */
export function requestsText(
  list: RequestList,
  { most, isSlowFirst }: { most: number; isSlowFirst: boolean },
  width: number,
): string {
  const { requests, totals, read } = list
  const shown = isSlowFirst ? requests.slice(0, most) : requests.slice(-most)
  const hidden = requests.length - shown.length
  const title = `${chalk.bold(list.function)}  ${ofAll(requests.length, read)} since ${formatMoment(list.since)}`
  const more =
    hidden > 0
      ? [
          `  … and ${counted(hidden, isSlowFirst ? 'faster one' : 'earlier one')} (--limit ${requests.length})`,
        ]
      : []
  const rows = table(shown.map(rowOf(tellTimes(list.since))), columns, { width })
  return [
    title,
    ...(isSlowFirst ? [...rows, ...more] : [...more, ...rows]),
    ...totalLines(totals),
    ...throttleLines(list.throttles, list.since),
  ].join('\n')
}

/** The same requests, all of them, as a table for other programs. Times are ISO 8601 in UTC. */
export function requestsCsv({ requests }: RequestList): string {
  return csv(
    csvColumns.map(([name]) => name),
    requests.map((request) => csvColumns.map(([, cell]) => cell(request))),
  )
}

const csvColumns: readonly (readonly [string, (request: RequestSummary) => CsvCell])[] = [
  ['start', ({ start }) => new Date(start).toISOString()],
  ['version', ({ version }) => version],
  ['status', ({ status }) => status],
  ['durationMs', ({ durationMs }) => durationMs],
  ['billedMs', ({ billedMs }) => billedMs],
  ['initMs', ({ initMs, restoreMs }) => initMs ?? restoreMs],
  ['maxMemoryMb', ({ maxMemoryMb }) => maxMemoryMb],
  ['memoryMb', ({ memoryMb }) => memoryMb],
  ['id', ({ id }) => id],
  ['attempt', ({ attempt }) => attempt],
  ['traceId', ({ traceId }) => traceId],
  ['error', ({ error }) => error],
]

const right = { align: 'right' } as const
const columns: readonly Column[] = [right, {}, {}, right, right, right, {}, {}, { wraps: true }]

function rowOf(tellTime: ReturnType<typeof tellTimes>) {
  return (request: RequestSummary): string[] => [
    chalk.dim(tellTime(request.start, 'ms')),
    versionText(request.version),
    statusText(request.status),
    request.durationMs === undefined ? '' : durationText(request.durationMs),
    request.billedMs === undefined ? '' : chalk.dim(`billed ${durationText(request.billedMs)}`),
    memoryText(request.maxMemoryMb, request.memoryMb),
    initText(request),
    chalk.dim(request.id.slice(0, 8)) + (request.attempt === undefined ? '' : ` attempt ${request.attempt}`),
    request.error === undefined ? '' : chalk.red(plainLine(request.error)),
  ]
}

function memoryText(maxMb: number | undefined, ofMb: number | undefined): string {
  if (maxMb === undefined || ofMb === undefined) return ''
  const percent = Math.round((maxMb / ofMb) * 100)
  const text = `${maxMb}/${ofMb} MB ${percent}%`
  return percent >= 90 ? chalk.yellow(text) : text
}

function initText({ initMs, restoreMs }: RequestSummary): string {
  if (initMs !== undefined) return chalk.cyan(`cold +${durationText(initMs)}`)
  return restoreMs === undefined ? '' : chalk.cyan(`restored +${durationText(restoreMs)}`)
}

function ofAll(listed: number, read: number): string {
  return listed === read
    ? counted(read, 'request')
    : `${listed.toLocaleString('en')} of ${counted(read, 'request')}`
}

function totalLines({ requests, statuses, cold, duration, init, memory }: Totals): string[] {
  if (requests === 0) return []
  const ends = Object.entries(statuses).map(([status, number]) =>
    status === 'error'
      ? counted(number, 'error')
      : `${number.toLocaleString('en')} ${statusWords[status as keyof typeof statusWords]}`,
  )
  const most = memory ? `, memory at most ${memoryText(memory.maxMb, memory.ofMb)}` : ''
  return [
    `  ${ends.join(', ')}${cold > 0 ? `; ${counted(cold, 'cold start')}` : ''}${most}`,
    ...(duration ? [`  duration ${percentileText(duration)}`] : []),
    ...(init ? [`  init     ${percentileText(init)}`] : []),
  ]
}

function percentileText({ p50, p90, p99, max }: Percentiles): string {
  return `p50 ${durationText(p50)}, p90 ${durationText(p90)}, p99 ${durationText(p99)}, max ${durationText(max)}`
}
