import { counted } from '../../../gates/comparison/words.ts'
import type { VersionTraffic } from '../../../operation/incident/find-troubles.ts'
import type { TrafficSum } from '../../../operation/metrics/traffic.ts'
import { durationWords } from '../../../release/values/duration.ts'
import type { RecentTraffic } from '../../../workflows/incident/recent-traffic.ts'
import type { FunctionStatus } from '../../../workflows/incident/status.ts'
import { sparkline } from '../../text/charts/sparkline.ts'
import { type Column, table } from '../../text/table.ts'

const minuteMs = 60_000
/** For a figure that CloudWatch does not have. */
const unknown = '–'

interface Cell {
  head: string
  of: (version: VersionTraffic, recent: RecentTraffic) => string
  column?: Column
  /** The width from which on there is room for it, in columns. */
  from?: number
}

const right = { align: 'right' } as const

const cells: readonly Cell[] = [
  { head: 'each minute', of: (version, recent) => sparklineOf(recent, version) },
  { head: 'invoked', of: ({ invocations }) => countText(invocations), column: right },
  { head: 'errors', of: rateText, column: right },
  { head: 'p50', of: ({ p50Ms }) => millisecondsText(p50Ms), column: right, from: 80 },
  { head: 'p99', of: ({ p99Ms }) => millisecondsText(p99Ms), column: right },
  { head: 'throttled', of: ({ throttles }) => countText(throttles), column: right, from: 70 },
]

/** The last minutes of each version, one row each, or the reason why nothing is known. */
export function trafficLines({ recent, recentUnknown }: FunctionStatus, width: number): string[] {
  if (recentUnknown !== undefined) return [`  no figures: ${recentUnknown}`]
  if (!recent) return []
  const { versions } = recent
  const minutes = minutesOf(recent)
  if (!hasData(recent)) return [`  last ${minutes} min: no invocations, CloudWatch has no data`]
  const shown = cells.filter(({ from = 0 }) => width >= from)
  const head = [`last ${minutes} min`, ...shown.map((cell) => cell.head)]
  const rows = versions.map((version) => [
    `${width < 80 ? 'v' : 'version '}${version.version} ${version.percent}%`,
    ...shown.map(({ of }) => of(version, recent)),
  ])
  const columns = [{}, ...shown.map(({ column = {} }) => column)]
  return [...(rows.length > 0 ? table([head, ...rows], columns, { width }) : []), ...besides(recent)]
}

/** `1,204` */
export function countText(count: number | undefined): string {
  return count === undefined ? unknown : count.toLocaleString('en')
}

/** `34%`; a share that is not 0 never looks like 0. */
export function rateText({ errorRate }: Pick<TrafficSum, 'errorRate'>): string {
  return errorRate === undefined ? unknown : `${Number((errorRate * 100).toPrecision(2))}%`
}

export function millisecondsText(ms: number | undefined): string {
  return ms === undefined ? unknown : durationWords(ms)
}

/** The invocations of each minute. */
export function sparklineOf({ from, until }: RecentTraffic, { minutes }: TrafficSum): string {
  const at = new Map(minutes.map(({ time, invocations }) => [time, invocations]))
  const starts = Array.from({ length: minutesOf({ from, until }) }, (_, index) => from + index * minuteMs)
  return sparkline(starts.map((start) => at.get(start)))
}

export function minutesOf({ from, until }: Pick<RecentTraffic, 'from' | 'until'>): number {
  return Math.ceil((until - from) / minuteMs)
}

function hasData({ all, versions }: RecentTraffic): boolean {
  return [all, ...versions].some(({ invocations, throttles }) => (invocations ?? 0) + (throttles ?? 0) > 0)
}

/** The concurrency, and the calls that did not come by the alias. */
function besides({ all, byAlias = 0 }: RecentTraffic): string[] {
  const past = (all.invocations ?? 0) - byAlias
  return [
    ...(all.concurrency === undefined
      ? []
      : [`  concurrency: ${all.concurrency.toLocaleString('en')} at most`]),
    ...(past > 0 ? [`  past the alias: ${counted(past, 'more invocation')}`] : []),
  ]
}
