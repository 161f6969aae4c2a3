import { percentile } from '../figures.ts'
import type { Starts } from './cold.ts'
import type { Load } from './load.ts'

/** The figures of a load on the sandbox, beside those of the bare server right before it. */
export function loadRow(sandbox: Load, bare: Load): string {
  const { connections, rate } = sandbox.clients
  return row(rate === undefined ? String(connections) : `${connections}, ${rate}/s`, [
    ...[bare.rate, bare.p50, bare.p99, sandbox.rate, sandbox.p50, sandbox.p99, sandbox.p50 - bare.p50].map(
      short,
    ),
    (bare.rate / sandbox.rate).toFixed(2),
  ])
}

export const loadHead = row('connections', [
  'bare/s',
  'p50 ms',
  'p99 ms',
  'sandbox/s',
  'p50 ms',
  'p99 ms',
  'p50 over',
  'bare/sandbox',
])

export const startHead = row('cold start', ['n', 'bare p50', 'p90', 'sandbox p50', 'p90', 'ratio'])

/** The ratio is the median of the ratios within each round. */
export function startRow(name: string, { bare, sandbox }: Starts): string {
  const ratios = sandbox.map((time, round) => time / (bare[round] ?? Number.NaN))
  const times = [bare, sandbox].flatMap((sample) => [percentile(sample, 50), percentile(sample, 90)])
  return row(name, [String(bare.length), ...times.map(short), percentile(ratios, 50).toFixed(2)])
}

export const storedHead = row('state', ['start ms', 'MiB', 'alias p50', 'p99 ms', 'minute p50', 'p99 ms'])

/** The figures of a sandbox with a state; times in milliseconds. */
export interface StoredFigures {
  startMs: number
  residentMib: number
  alias: readonly number[]
  minute: readonly number[]
}

export function storedRow(name: string, { alias, minute, residentMib, startMs }: StoredFigures): string {
  const times = [alias, minute].flatMap((sample) => [percentile(sample, 50), percentile(sample, 99)])
  return row(name, [startMs.toFixed(0), residentMib.toFixed(0), ...times.map(short)])
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2)
}

function row(name: string, values: readonly string[]): string {
  return [name.padEnd(12), ...values.map((value) => value.padStart(13))].join('')
}
