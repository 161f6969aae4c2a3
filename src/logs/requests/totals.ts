import type { RequestStatus } from '../model/request.ts'
import { percentile } from './percentile.ts'
import { isCold, type RequestSummary } from './summary.ts'

/** Percentiles of durations, milliseconds. */
export interface Percentiles {
  /** Milliseconds. */
  p50: number
  /** Milliseconds. */
  p90: number
  /** Milliseconds. */
  p99: number
  /** Milliseconds. */
  max: number
}

/** The figures of many requests together. */
export interface Totals {
  /** How many. */
  requests: number
  /** The number of requests by status. */
  statuses: Partial<Record<RequestStatus, number>>
  /** How many. */
  cold: number
  /** Of the requests that have ended; undefined where none has. */
  duration: Percentiles | undefined
  /** Of the cold starts: init, or restore of a snapshot. */
  init: Percentiles | undefined
  /** The request that used the largest share of its memory. */
  memory: { maxMb: number; ofMb: number } | undefined
}

export function totalsOf(requests: readonly RequestSummary[]): Totals {
  const statuses: Totals['statuses'] = {}
  for (const { status } of requests) statuses[status] = (statuses[status] ?? 0) + 1
  return {
    requests: requests.length,
    statuses,
    cold: requests.filter(isCold).length,
    duration: percentilesOf(requests.map(({ durationMs }) => durationMs)),
    init: percentilesOf(requests.map(({ initMs, restoreMs }) => initMs ?? restoreMs)),
    memory: mostMemory(requests),
  }
}

function percentilesOf(values: readonly (number | undefined)[]): Percentiles | undefined {
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0) return undefined
  const at = (share: number) => percentile(known, share) ?? 0
  return { p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) }
}

function mostMemory(requests: readonly RequestSummary[]): Totals['memory'] {
  let most: Totals['memory']
  for (const { maxMemoryMb: maxMb, memoryMb: ofMb } of requests) {
    if (maxMb === undefined || ofMb === undefined) continue
    if (!most || maxMb / ofMb > most.maxMb / most.ofMb) most = { maxMb, ofMb }
  }
  return most
}
