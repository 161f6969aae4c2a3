import type { Actor } from '../../release/values/actor.ts'
import { type Before, readStopEntry } from '../concurrency/stop.ts'
import { type PausedMapping, readPauseEntry } from '../triggers/pause.ts'
import { readOperation } from './operation-entry.ts'
import { isOfFunction } from './streams.ts'

/** An operation on a function, as the journal describes it. */
export type PastOperation = Acting & Operation

interface Acting {
  function: string
  /** Milliseconds since the epoch. */
  started: number
  /** Milliseconds since the epoch; undefined if its end is not on record: it goes on, or was cut off. */
  ended: number | undefined
  /** The ARN of the credentials; undefined if AWS did not tell. */
  by: string | undefined
  /** The person or system for whom the process said to act; absent if it named none. */
  actor?: Actor
}

/** Versions, and the bytes of their zips. */
interface Sum {
  /** How many. */
  versions: number
  bytes: number
}

interface Amounts {
  /** Concurrent executions before it; null: none. */
  from: number | null
  /** Concurrent executions after it; null: none. */
  to: number | null
}

/** The bounds and the target of a scaling. */
interface ScaledTo {
  /** Environments. */
  min: number
  /** Environments. */
  max: number
  /** The share of the environments that is kept busy, 0 to 1. */
  utilization: number
}

type Operation =
  | { kind: 'stop'; reason: string; before: Before }
  | { kind: 'start' }
  | { kind: 'pause'; reason: string; mappings: readonly PausedMapping[] }
  | { kind: 'resume' }
  /** `deleted` and the numbers of other versions are absent without an end. */
  | {
      kind: 'prune'
      planned: Sum
      deleted?: Sum
      /** How many versions. */
      failed?: number
      /** How many versions. */
      left?: number
      /** How many versions. */
      spared?: number
    }
  /** `deleted` tells whether the function itself went; what went with it is absent without an end. */
  | {
      kind: 'destroy'
      versions: number
      deleted?: boolean
      alarms?: readonly string[]
      scaling?: readonly string[]
      triggers?: readonly string[]
      logGroup?: string
      /** The reason why the rest stayed; absent if all went. */
      failed?: string
    }
  | ({ kind: 'reserve' } & Amounts)
  | ({ kind: 'provision'; qualifier: string } & Amounts)
  | { kind: 'autoscale'; to: ScaledTo | null }
  | { kind: 'point'; mappings: number; permissions: number }
  | { kind: 'triggers'; added: readonly string[]; changed: readonly string[]; removed: readonly string[] }
  | { kind: 'ensure'; made: readonly string[]; changed: readonly string[]; removed: readonly string[] }

/** An entry of the journal as it was read. */
interface Written {
  /** `release` is the name of its stream; beside it `function` and `lambdaName`. */
  readonly [field: string]: unknown
}

/**
 * The operations on a function, in the order of their beginnings. Entries of another shape count as absent.
 *
 * @param entries of all streams, in order
 */
export function pastOperations(entries: readonly Written[], lambdaName: string): readonly PastOperation[] {
  return entries
    .filter((entry) => entry['lambdaName'] === lambdaName && isOfFunction(String(entry['release'])))
    .reduce<readonly PastOperation[]>(withEntry, [])
}

function withEntry(found: readonly PastOperation[], written: Written): readonly PastOperation[] {
  const entry = readEntry(written)
  if (!entry) return found
  const { time, by, actor } = entry
  const operation = begunBy(entry)
  if (!operation) return withEnd(found, entry)
  const ended = lasting.has(operation.kind) ? undefined : time
  const name = typeof written['function'] === 'string' ? written['function'] : ''
  return [...found, { function: name, started: time, ended, by, ...(actor && { actor }), ...operation }]
}

function readEntry(written: Written): ReadEntry | undefined {
  return readStopEntry(written) ?? readPauseEntry(written) ?? readOperation(written)
}

type ReadEntry = NonNullable<
  ReturnType<typeof readStopEntry> | ReturnType<typeof readPauseEntry> | ReturnType<typeof readOperation>
>

/** The operations with an entry of their own for the end. */
const lasting: ReadonlySet<Operation['kind']> = new Set(['stop', 'pause', 'prune', 'destroy'])

/** Undefined for the end of an operation. */
function begunBy(entry: ReadEntry): Operation | undefined {
  switch (entry.kind) {
    case 'stopping':
      return { kind: 'stop', reason: entry.reason, before: entry.before }
    case 'started':
      return { kind: 'start' }
    case 'pausing':
      return { kind: 'pause', reason: entry.reason, mappings: entry.mappings }
    case 'resumed':
      return { kind: 'resume' }
    case 'pruning':
      return { kind: 'prune', planned: { versions: entry.versions, bytes: entry.bytes } }
    case 'destroying':
      return { kind: 'destroy', versions: entry.versions }
    case 'reserved':
      return { kind: 'reserve', from: entry.from, to: entry.to }
    case 'provisioned':
      return { kind: 'provision', qualifier: entry.qualifier, from: entry.from, to: entry.to }
    case 'autoscaled':
      return { kind: 'autoscale', to: entry.to }
    case 'pointed':
      return { kind: 'point', mappings: entry.mappings, permissions: entry.permissions }
    case 'triggered':
      return { kind: 'triggers', added: entry.added, changed: entry.changed, removed: entry.removed }
    case 'ensured':
      return { kind: 'ensure', made: entry.made, changed: entry.changed, removed: entry.removed }
    default:
      return undefined
  }
}

/** Ends the operation that an entry tells of; one that began before the first entry stays unknown. */
function withEnd(found: readonly PastOperation[], entry: ReadEntry): readonly PastOperation[] {
  const at = found.findLastIndex((operation) => operation.ended === undefined && isEndOf(entry, operation))
  const operation = found[at]
  return operation ? found.with(at, { ...operation, ended: entry.time, ...endFacts(entry) }) : found
}

/** Stops and pauses name no beginning: two at once have one record. */
function isEndOf(entry: ReadEntry, { kind, started }: PastOperation): boolean {
  if (entry.kind === 'stopped') return kind === 'stop'
  if (entry.kind === 'paused') return kind === 'pause'
  if (entry.kind === 'pruned') return kind === 'prune' && started === entry.began
  return entry.kind === 'destroyed' && kind === 'destroy' && started === entry.began
}

function endFacts(entry: ReadEntry): object {
  if (entry.kind === 'pruned') {
    const { versions, bytes, failed, left, spared } = entry
    return { deleted: { versions, bytes }, failed, left, spared }
  }
  if (entry.kind !== 'destroyed') return {}
  const { deleted, alarms, scaling, triggers = [], logGroup, failed } = entry
  const others = { ...(logGroup !== undefined && { logGroup }), ...(failed !== undefined && { failed }) }
  return { deleted, alarms, scaling, triggers, ...others }
}
