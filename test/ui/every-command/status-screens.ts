import { findTroubles } from '../../../src/operation/incident/find-troubles.ts'
import { onsetOf } from '../../../src/operation/incident/onset.ts'
import { metricsText } from '../../../src/ui/results/metrics.ts'
import { overviewText } from '../../../src/ui/results/status/overview.ts'
import { statusText } from '../../../src/ui/results/status/status.ts'
import { fitted } from '../../../src/ui/text/fitted.ts'
import type { RecentTraffic } from '../../../src/workflows/incident/recent-traffic.ts'
import type { FunctionStatus } from '../../../src/workflows/incident/status.ts'
import type { FunctionMetrics } from '../../../src/workflows/metrics/function-metrics.ts'
import { alarms, alias, minuteMs, record, type Screen, stands, time, to, unweighted } from './facts.ts'

const published = { description: '', codeSha256: '' }
const from = time - 12 * minuteMs
const minutes = (counts: readonly number[], since = 0) =>
  counts.map((invocations, index) => ({ time: from + (since + index) * minuteMs, invocations, errors: 0 }))

const recent: RecentTraffic = {
  from,
  until: time + 3 * minuteMs - 20_000,
  all: { invocations: 1404, errors: 41, throttles: 3, errorRate: 41 / 1404, minutes: [], concurrency: 12 },
  byAlias: 1322,
  versions: [
    {
      version: '41',
      percent: 90,
      invocations: 1204,
      errors: 1,
      throttles: 3,
      errorRate: 1 / 1204,
      p50Ms: 12.4,
      p99Ms: 312,
      minutes: minutes([40, 60, 80, 110, 120, 120, 100, 90, 80, 70, 60, 80, 90, 80, 24]),
    },
    {
      version: '42',
      percent: 10,
      invocations: 118,
      errors: 40,
      throttles: 0,
      errorRate: 40 / 118,
      p50Ms: 13,
      p99Ms: 1234,
      minutes: minutes([9, 12, 3], 12),
    },
  ],
}
const last = { id: record.id, version: '42', wentLive: time - 7000 }
const held = alarms.map((alarm) =>
  alarm.condition === 'ALARM' ? { ...alarm, onset: onsetOf(alarm.since, last) } : alarm,
)

/** A canary at 10% whose alarm fires. */
export const incident: FunctionStatus = {
  function: 'checkout',
  lambdaName: 'shop-checkout-prod',
  state: 'ready',
  stopped: undefined,
  alias,
  record,
  standing: stands,
  versions: [
    {
      ...published,
      version: '42',
      published: '2026-11-21T22:29:00.000+0000',
      percent: 10,
      origin: { digest: '', commit: `${'a'.repeat(40)}+` },
    },
    {
      ...published,
      version: '41',
      published: '2026-11-21T21:00:00.000+0000',
      percent: 90,
      origin: { digest: '', commit: 'b'.repeat(40) },
    },
    {
      ...published,
      version: '9',
      published: '2026-11-01T21:00:00.000+0000',
      percent: 0,
      origin: undefined,
    },
  ],
  moreVersions: { count: 116, see: `lambdactl status ${to} --all-versions` },
  wayBack: { to: '41', gone: [], summary: undefined },
  alarms: held,
  missingAlarms: ['gone'],
  troubles: [],
  recent,
}
incident.troubles = findTroubles({
  ...incident,
  unread: undefined,
  ensured: [],
  stateReason: undefined,
  alarms: held.map((alarm) => ({ ...alarm, words: '5 errors in 1 min, limit 2' })),
  release: last,
  traffic: { ...recent, minutes: 15 },
  commands: {
    rollback: `lambdactl rollback ${to}`,
    errors: `lambdactl logs errors ${to}`,
    concurrency: `lambdactl concurrency show ${to}`,
    deploy: `lambdactl deploy ${to}`,
    doctor: `lambdactl doctor ${to}`,
    ensure: `lambdactl alarms ensure ${to}`,
  },
})

export const well: FunctionStatus = {
  ...incident,
  function: 'search',
  alias: { ...unweighted, version: '7' },
  record: undefined,
  standing: { phase: 'done', summary: 'It is done.' },
  alarms: [],
  troubles: [],
  recent: { ...recent, all: { minutes: [] }, versions: [] },
}
const stopped: FunctionStatus = {
  ...well,
  function: 'mail',
  troubles: [
    {
      kind: 'stopped',
      severity: 'critical',
      summary: 'stopped by ada at 2026-11-21T22:20:00Z: it drains the queue',
      next: ['To start it again, with the concurrency it had: lambdactl concurrency start mail --env prod'],
    },
    {
      kind: 'paused',
      severity: 'warning',
      summary: '2 event source mappings are paused by ada at 2026-11-21T22:21:00Z: it drains the queue',
      next: ['To resume: lambdactl triggers resume mail --env prod'],
    },
  ],
}
const moving: FunctionStatus = {
  ...well,
  function: 'cart',
  standing: { phase: 'shifting', summary: '' },
  pausedUnknown: 'logs:FilterLogEvents is not permitted.',
}

const points = (values: readonly number[]) =>
  values.map((value, index) => ({ time: from + index * minuteMs, value }))
const metrics: FunctionMetrics = {
  function: 'checkout',
  lambdaName: 'shop-checkout-prod',
  from,
  until: from + 60 * minuteMs,
  periodMs: minuteMs,
  series: [
    {
      metric: 'Invocations',
      statistic: 'Sum',
      unit: 'count',
      version: '41',
      points: points([400, 900, 20, 0]),
    },
    { metric: 'Errors', statistic: 'Sum', unit: 'count', points: points([0, 0, 0]) },
    { metric: 'Duration', statistic: 'p99', unit: 'ms', points: points([12, 1234, 300]) },
    { metric: 'IteratorAge', statistic: 'Maximum', unit: 'ms', points: [] },
    { metric: 'MaxMemoryUsed', statistic: 'Maximum', unit: 'MB', points: points([88, 91.6]) },
  ],
  logBytes: 9_411_000,
}

export const statusScreens: Readonly<Record<string, Screen>> = {
  metrics: (width) => fitted(metricsText(metrics, width), width),
  status: (width) =>
    [statusText(incident, width), overviewText([well, moving, stopped, incident], width)]
      .map((text) => fitted(text, width))
      .join('\n\n'),
}
