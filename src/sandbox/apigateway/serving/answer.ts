import type { Pace } from '../../clock.ts'
import type { FunctionCalls } from '../../functions.ts'
import type { WireResponse } from '../../protocol/wire.ts'
import type { MetricSink } from '../../telemetry.ts'
import type { ApiStore } from '../apis/store.ts'

/** The things that answers need. */
export interface Serving {
  store: ApiStore
  functions: FunctionCalls
  metrics: MetricSink
  /** Milliseconds since the epoch. */
  clock: () => number
  pace: Pace
  /** 12 digits. */
  account: string
}

/** An answer, and how long its integration took, in milliseconds of the sandbox. */
export interface Answer {
  response: WireResponse
  integrationMs?: number | undefined
}

/** An answer of API Gateway itself. */
export function said(status: number, message: string): Answer {
  const headers = { 'content-type': 'application/json' }
  return { response: { status, headers, body: JSON.stringify({ message }) } }
}
