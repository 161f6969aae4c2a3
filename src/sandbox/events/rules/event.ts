import { randomUUID } from 'node:crypto'
import type { Place } from './records.ts'

/** An event as rules see it. */
export interface BusEvent {
  version: '0'
  id: string
  'detail-type': string
  source: string
  account: string
  /** ISO 8601, whole seconds. */
  time: string
  region: string
  resources: readonly string[]
  detail: unknown
}

/** The parts of an event that its sender gives. */
export interface Given {
  source: string
  detailType: string
  resources?: readonly string[] | undefined
  detail: unknown
}

/** @param time milliseconds since the epoch */
export function busEvent({ region, account }: Place, given: Given, time: number): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': given.detailType,
    source: given.source,
    account,
    time: `${new Date(time).toISOString().slice(0, 19)}Z`,
    region,
    resources: given.resources ?? [],
    detail: given.detail,
  }
}

/** The event of a schedule whose time has come, milliseconds since the epoch. */
export function scheduledEvent(rule: Place & { arn: string }, time: number): BusEvent {
  const given = { source: 'aws.events', detailType: 'Scheduled Event', resources: [rule.arn], detail: {} }
  return busEvent(rule, given, time)
}
