import * as z from 'zod'
import type { Actor } from '../../release/values/actor.ts'

/** A function's concurrency before it was stopped. */
export interface Before {
  /** Reserved concurrent executions; null: none were reserved. */
  reserved: number | null
  provisioned: readonly Kept[]
}

/** Provisioned environments of a version or an alias. */
export interface Kept {
  /** A version number or an alias. */
  qualifier: string
  /** Environments. */
  amount: number
}

/** A stop of a function, by its record. */
export interface Stop {
  /** Milliseconds since the epoch. */
  since: number
  reason: string
  /** The ARN of who stopped it; absent if AWS did not tell. */
  by?: string | undefined
  /** The person for whom the process said that it acts: a claim. */
  actor?: Actor | undefined
  before: Before
  /** False for a stop that has begun, and whose end is not on record. */
  isWhole: boolean
}

/**
 * The fields of each entry that tell when, and who acts. A person of another shape counts as unknown. Called at the first
 * use: start-up is a feature.
 */
export function actingFields() {
  const text = z.string().min(1)
  const actor = z.object({ name: z.exactOptional(text), url: z.exactOptional(text) })
  return {
    time: z.number(),
    by: z.string().optional().catch(undefined),
    actor: actor.optional().catch(undefined),
  }
}

const kept = z.object({ qualifier: z.string().min(1), amount: z.int().positive() })

const entrySchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('stopping'),
      ...actingFields(),
      reason: z.string(),
      before: z.object({ reserved: z.int().nonnegative().nullable(), provisioned: z.array(kept) }),
    }),
    z.object({ kind: z.enum(['stopped', 'started']), ...actingFields() }),
  ]),
)

/** Reads an entry of a function's stops; undefined for one of another shape. */
export function readStopEntry(entry: unknown): z.output<typeof entrySchema> | undefined {
  return entrySchema.safeParse(entry).data
}

/** An entry of a function's stops, without its time. */
export type StopEntry =
  | ({ kind: 'stopping' } & Pick<Stop, 'reason' | 'by' | 'actor' | 'before'>)
  | ({ kind: 'stopped' | 'started' } & Pick<Stop, 'by' | 'actor'>)

/**
 * Finds the stop that nobody has ended, by the journal of a function's stops; undefined if there is none. Entries of
 * another shape count as absent.
 *
 * @param entries in order
 */
export function lastStop(entries: readonly unknown[]): Stop | undefined {
  let found: Stop | undefined
  for (const written of entries) {
    const entry = readStopEntry(written)
    if (entry?.kind === 'started') found = undefined
    else if (entry?.kind === 'stopped') found = found && { ...found, isWhole: true }
    else if (entry?.kind === 'stopping') found = begun(found, entry)
  }
  return found
}

/** A stop that was cut off, or made by two people at once, goes on: the first has seen what was there before. */
function begun(found: Stop | undefined, { time, reason, by, actor, before }: Begun): Stop {
  const stop = { since: time, reason, by, actor, before, isWhole: false }
  return found && !found.isWhole ? { ...found, before: merged(found.before, before) } : stop
}

type Begun = Pick<Stop, 'reason' | 'by' | 'actor' | 'before'> & { time: number }

/** The concurrency that a stop in two turns took away: the later turn sees only what the earlier one left. */
export function merged(earlier: Before, later: Before): Before {
  const known = new Set(earlier.provisioned.map(({ qualifier }) => qualifier))
  const more = later.provisioned.filter(({ qualifier }) => !known.has(qualifier))
  const reserved = later.reserved === 0 ? earlier.reserved : later.reserved
  return { reserved, provisioned: [...earlier.provisioned, ...more] }
}

/** Says who stopped a function, when and why: `stopped by user/ada at 2026-11-27 03:40:41Z: it drains the queue`. */
export function stopWords(stop: Stop): string {
  return `stopped ${whoAndWhy(stop)}`
}

/** As in `by user/ada at 2026-11-27 03:40:41Z: it drains the queue`. */
export function whoAndWhy({ since, reason, by, actor }: Omit<Stop, 'before' | 'isWhole'>): string {
  const time = new Date(since).toISOString().slice(0, 19).replace('T', ' ')
  const who = actor?.name ?? by?.slice(by.lastIndexOf(':') + 1) ?? 'somebody'
  return `by ${who} at ${time}Z: ${reason}`
}
