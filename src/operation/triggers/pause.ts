import * as z from 'zod'
import type { Mapping } from '../../function/attachments/callers.ts'
import type { Actor } from '../../release/values/actor.ts'
import { actingFields, whoAndWhy } from '../concurrency/stop.ts'
import { mappingWords } from './source-words.ts'

/** An event source mapping that a pause disables. */
export interface PausedMapping {
  uuid: string
  /** As in `SQS queue orders`. */
  source: string
}

/** A pause of a function's event source mappings, by its record. */
export interface Pause {
  /** Milliseconds since the epoch. */
  since: number
  reason: string
  /** The ARN of who paused them; absent if AWS did not tell. */
  by?: string | undefined
  /** The person for whom the process said that it acts: a claim. */
  actor?: Actor | undefined
  /** Exactly those that were enabled. */
  mappings: readonly PausedMapping[]
  /** False for a pause that has begun, and whose end is not on record. */
  isWhole: boolean
}

const entrySchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('pausing'),
      ...actingFields(),
      reason: z.string(),
      mappings: z.array(z.object({ uuid: z.string().min(1), source: z.string() })),
    }),
    z.object({ kind: z.enum(['paused', 'resumed']), ...actingFields() }),
  ]),
)

/** Reads an entry of a function's pauses; undefined for one of another shape. */
export function readPauseEntry(entry: unknown): z.output<typeof entrySchema> | undefined {
  return entrySchema.safeParse(entry).data
}

/** An entry of a function's pauses, without its time. */
export type PauseEntry =
  | ({ kind: 'pausing' } & Pick<Pause, 'reason' | 'by' | 'actor' | 'mappings'>)
  | ({ kind: 'paused' | 'resumed' } & Pick<Pause, 'by' | 'actor'>)

/**
 * Finds the pause that nobody has ended, by the journal of a function's pauses; undefined if there is none. A second
 * pause adds the mappings that it disables, and the first one's time and reason stay. Entries of another shape count as
 * absent.
 *
 * @param entries in order
 */
export function lastPause(entries: readonly unknown[]): Pause | undefined {
  let found: Pause | undefined
  for (const written of entries) {
    const entry = readPauseEntry(written)
    if (entry?.kind === 'resumed') found = undefined
    else if (entry?.kind === 'paused') found = found && { ...found, isWhole: true }
    else if (entry?.kind === 'pausing') {
      const { time, reason, by, actor, mappings } = entry
      const first = found ?? { since: time, reason, by, actor, mappings: [] }
      found = { ...first, mappings: joined(first.mappings, mappings), isWhole: false }
    }
  }
  return found
}

/** Both lists, each mapping once. */
export function joined(
  earlier: readonly PausedMapping[],
  later: readonly PausedMapping[],
): readonly PausedMapping[] {
  const known = new Set(earlier.map(({ uuid }) => uuid))
  return [...earlier, ...later.filter(({ uuid }) => !known.has(uuid))]
}

/** Says who paused the mappings, when and why: `paused by user/ada since 2026-11-27 03:40:41Z: it drains the queue`. */
export function pauseWords(pause: Pick<Pause, 'since' | 'reason' | 'by' | 'actor'>): string {
  return `paused ${whoAndWhy(pause)}`
}

/** Mappings by what a pause has to do with them; disabled ones are left alone, since somebody else disabled them. */
interface ToPause {
  enabled: PausedMapping[]
  /** Lambda is changing them, so that nobody knows yet whether they will be enabled. */
  moving: PausedMapping[]
}

export function toPause(mappings: readonly Mapping[]): ToPause {
  return {
    enabled: mappings.filter(({ state }) => state === 'Enabled').map(pausedMapping),
    moving: mappings.filter(isMoving).map(pausedMapping),
  }
}

/** Whether Lambda is changing a mapping, and refuses other changes. */
export function isMoving({ state }: Pick<Mapping, 'state'>): boolean {
  return ['Creating', 'Enabling', 'Disabling', 'Updating'].includes(state)
}

function pausedMapping(mapping: Mapping): PausedMapping {
  return { uuid: mapping.uuid, source: mappingWords(mapping) }
}

/** The paused mappings, by their state now. */
export interface ResumePlan {
  enable: PausedMapping[]
  /** Somebody has enabled them already. */
  on: PausedMapping[]
  /** Somebody has deleted them. */
  gone: PausedMapping[]
}

/** Plans how exactly the paused mappings are enabled again. */
export function planResume(paused: readonly PausedMapping[], present: readonly Mapping[]): ResumePlan {
  const states = new Map(present.map(({ uuid, state }) => [uuid, state]))
  const by = Object.groupBy(paused, ({ uuid }) => {
    const state = states.get(uuid) ?? 'Deleting'
    if (state === 'Deleting') return 'gone'
    return state === 'Enabled' || state === 'Enabling' ? 'on' : 'enable'
  })
  return { enable: by.enable ?? [], on: by.on ?? [], gone: by.gone ?? [] }
}
