import type { RequestAccount } from '../../../logs/model/request.ts'
import type { Role } from '../../../logs/model/shown-line.ts'
import { percentile } from '../../../logs/requests/percentile.ts'
import { count } from '../../text/figures.ts'
import { durationText } from '../duration.ts'
import { versionText } from '../label.ts'

/** Counts the requests of both versions of a canary. */
export interface CanaryCounts {
  add(request: RequestAccount, role: Role): void
  /** `stable v7: 412 requests, 3 errors (0.7%), p50 12 ms` and `candidate v8: …`; empty before the first request. */
  rows(): string[]
  /** The rows in one. */
  text(): string
  /** The text, each ten seconds at most and only after more requests; empty at other times. */
  due(now: number): string
}

/** Milliseconds between two texts. */
const countEachMs = 10_000

/** Of so many requests the durations are kept, the newest ones. */
const mostDurations = 1000

interface Counted {
  name: string
  requests: number
  errors: number
  durations: number[]
}

export function canaryCounts(): CanaryCounts {
  const all = new Map<string, Counted>()
  let told = ''
  let toldAt: number | undefined
  const rows = () => Array.from(all.values(), countedText).toSorted().toReversed()
  const text = () => rows().join(' · ')
  return {
    rows,
    text,
    due(now) {
      if (all.size === 0) return ''
      toldAt ??= now
      if (now - toldAt < countEachMs) return ''
      toldAt = now
      const next = text()
      if (next === told) return ''
      told = next
      return next
    },
    add({ version, status, report }, role) {
      const name = `${role} ${versionText(version)}`.trimEnd()
      const counted = all.get(name) ?? { name, requests: 0, errors: 0, durations: [] }
      all.set(name, counted)
      if (report) counted.durations.push(report.durationMs)
      if (counted.durations.length > mostDurations) counted.durations.shift()
      counted.requests += 1
      if (status !== 'ok') counted.errors += 1
    },
  }
}

function countedText({ name, requests, errors, durations }: Counted): string {
  const share = `${((100 * errors) / requests).toFixed(1)}%`
  const median = percentile(durations, 0.5)
  const told = median === undefined ? [] : [`p50 ${durationText(median)}`]
  return [`${name}: ${count(requests, 'request')}`, `${count(errors, 'error')} (${share})`, ...told].join(
    ', ',
  )
}
