import chalk from 'chalk'
import type { PeriodFigures, VersionFigures } from '../../../operation/report/figures.ts'
import type { ReleaseReport } from '../../../operation/report/report.ts'
import { resampled } from '../../text/charts/resampled.ts'
import { sparkline } from '../../text/charts/sparkline.ts'
import { stacked } from '../../text/charts/stacked.ts'
import { plainLine } from '../../text/plain.ts'
import { momentOf } from '../../text/time.ts'
import { clockText, countText, msText, rateText } from './words.ts'

const rows = 6
/** The columns of the labels at the left, and of the figures at the right. */
const labelWidth = 16
const figuresWidth = 28
const indent = 2
/** The width in a pipe, which has none. */
const usualWidth = 100
const leastChart = 16

/** Where the columns of a chart lie in time. */
interface Columns {
  report: ReleaseReport
  /** How many. */
  count: number
  /** The periods in one value. */
  size: number
  /** The columns of one value: several where there is room. */
  wide: number
}

const mostWide = 4

/**
 * A chart of traffic, error rates, alarms and shifts, one column for one or more periods, within a terminal's width. A
 * terminal without room for it gets only the figures.
 */
export function terminalChart(report: ReleaseReport, width: number): string[] {
  const { versions = [] } = report
  if (width < indent + labelWidth + leastChart)
    return versions.map(
      (version) => `${' '.repeat(indent)}${plainLine(`errors v${version.version}: ${figuresText(version)}`)}`,
    )
  const columns = columnsOf(report, Math.min(width, usualWidth))
  return [
    legend(versions),
    ...trafficRows(columns),
    markRow(columns),
    ...timeRows(columns),
    ...errorRows(columns),
    ...alarmRows(columns),
  ].map((line) => `${' '.repeat(indent)}${line}`.trimEnd())
}

function columnsOf(report: ReleaseReport, width: number): Columns {
  const periods = Math.max(1, Math.ceil((report.until - report.from) / report.periodMs))
  const room = Math.max(leastChart, width - labelWidth - figuresWidth)
  const size = Math.ceil(periods / room)
  const values = Math.ceil(periods / size)
  const wide = Math.min(mostWide, Math.max(1, Math.floor(room / values)))
  return { report, size, wide, count: values * wide }
}

function valuesOf(
  { report: { from, until, periodMs }, count, wide }: Columns,
  { periods }: VersionFigures,
  valueOf: (figures: PeriodFigures) => number | undefined,
  together: (known: readonly number[]) => number,
): (number | undefined)[] {
  const at = new Map(periods.map((each) => [each.time, valueOf(each)]))
  const all = Array.from({ length: Math.ceil((until - from) / periodMs) }, (_, index) =>
    at.get(from + index * periodMs),
  )
  const values = resampled(all, count / wide, together)
  return Array.from({ length: count }, (_, index) => values[Math.floor(index / wide)])
}

/** The block and the colour of a version's traffic. */
const looks = {
  candidate: { paint: chalk.yellow, fill: '█' },
  stable: { paint: chalk.blue, fill: '░' },
} as const

function legend(versions: readonly VersionFigures[]): string {
  const items = versions.map(({ version, role }) => {
    const { paint, fill } = looks[role]
    return `${paint(fill)} v${plainLine(version)} ${role}`
  })
  return `${label('invocations')} ${items.join('  ')}`
}

function trafficRows(columns: Columns): string[] {
  const { versions = [] } = columns.report
  const of = (role: VersionFigures['role']) => {
    const found = versions.find((version) => version.role === role)
    return found ? valuesOf(columns, found, ({ invocations }) => invocations, sum) : []
  }
  const { lines, highest } = stacked(
    [
      { values: of('candidate'), ...looks.candidate },
      { values: of('stable'), ...looks.stable },
    ],
    { rows, columns: columns.count },
  )
  return lines.map(
    (line, index) =>
      `${label(index === 0 ? countText(highest) : index === rows - 1 ? '0' : '', 'right')} ${line}`,
  )
}

/** A mark for each shift and each end, below the column of its time. */
function markRow(columns: Columns): string {
  const cells = Array.from({ length: columns.count }, () => ' ')
  for (const { time, did } of columns.report.happenings) {
    const mark = marks[did]
    if (mark !== undefined) cells[columnOf(columns, time)] = mark
  }
  return `${label('', 'right')} ${cells.join('')}`
}

const marks: Partial<Record<ReleaseReport['happenings'][number]['did'], string>> = {
  shifted: '▲',
  promoted: '▲',
  'promoted one step': '▲',
  approved: '▲',
  finished: '✔',
  paused: '‖',
  'rolled back': '✖',
  aborted: '✖',
  left: '✖',
}

function columnOf({ report: { from, periodMs }, size, wide, count }: Columns, time: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(((time - from) / (periodMs * size)) * wide)))
}

function timeRows({ report: { from, until }, count }: Columns): string[] {
  const { offset } = momentOf(until, 's')
  const [start, end] = [clockText(from), `${clockText(until)}${offset}`]
  return [
    `${label('', 'right')} ${chalk.dim(`${start}${' '.repeat(Math.max(1, count - start.length - end.length))}${end}`)}`,
  ]
}

const rateOf = ({ invocations = 0, errors }: PeriodFigures) =>
  invocations > 0 && errors !== undefined ? errors / invocations : undefined

/** A lower highest rate would look like much. */
const leastTop = 0.05

/** The error rates of both versions, a row each, on one scale. */
function errorRows(columns: Columns): string[] {
  const { versions = [] } = columns.report
  const rates = versions.map((version) => valuesOf(columns, version, rateOf, highestOf))
  const top = Math.max(leastTop, ...rates.flat().map((rate = 0) => rate))
  return versions.map((version, index) => {
    const line = looks[version.role].paint(sparkline(rates[index] ?? [], top))
    return `${label(plainLine(`errors v${version.version}`))} ${line}  ${figuresText(version)}`
  })
}

function figuresText({ errorRate, p99Ms }: VersionFigures): string {
  return `${rateText(errorRate)}, p99 ${msText(p99Ms)}`
}

function alarmRows(columns: Columns): string[] {
  const firing = columns.report.alarms.filter(({ periods }) =>
    periods.some(({ condition }) => condition === 'ALARM'),
  )
  return firing.map(({ name, periods }) => {
    const cells = Array.from({ length: columns.count }, () => '·')
    for (const { from, until, condition } of periods) {
      if (condition !== 'ALARM') continue
      cells.fill('■', columnOf(columns, from), columnOf(columns, until - 1) + 1)
    }
    return `${label('alarm')} ${cells.join('').replace(/■+/g, (run) => chalk.red(run))}  ${plainLine(name)}`
  })
}

function label(text: string, align?: 'right'): string {
  const short = text.slice(0, labelWidth - 1)
  return align ? short.padStart(labelWidth - 1) : short.padEnd(labelWidth - 1)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function highestOf(values: readonly number[]): number {
  return Math.max(...values)
}
