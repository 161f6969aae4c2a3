import * as z from 'zod'
import type { ComparedMetric } from '../plan/comparison.ts'
import { hookPoints } from '../plan/hooks.ts'
import { promotedSchema } from '../plan/promoted-schema.ts'
import { shippedSchema } from '../plan/shipped-schema.ts'
import { versionSchema } from '../plan/version-schema.ts'
import type { PastFlag } from '../plan/went-past.ts'
import type { JudgedAlarm, Verdict } from '../values/observed.ts'

/**
 * Accepts anything: a field of another shape counts as absent. A journal is not trusted, and other versions of
 * lambdactl write to it too.
 */
function perhaps<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined)
}

const text = perhaps(z.string())
const moment = perhaps(z.number())
const version = perhaps(versionSchema)

/** The fields of a plan that tell of a past release. `readPlan` reads the plan of a release that goes on. */
const plannedSchema = z.lazy(() =>
  z.object({
    strategy: text,
    candidate: version,
    stable: version,
    held: perhaps(z.array(versionSchema).readonly()),
    origin: perhaps(z.object({ digest: text, commit: text })),
    breakglass: perhaps(z.object({ reason: text })),
    wentPast: perhaps(z.array(z.string()).readonly()),
    ships: perhaps(shippedSchema),
    promoted: perhaps(promotedSchema),
  }),
)

const kinds = [
  /** A release begins, or a promotion has changed its plan. */
  'plan',
  /** `$LATEST` is about to get the state that `latest` has. */
  'preparing',
  /** Settings that belong to no version were applied. */
  'configured',
  'resumed',
  'detached',
  /** A look at the gates, before the shift that it led to. */
  'decision',
  'shifted',
  'done',
  /** The release paused, or ended without success. */
  'outcome',
  'hook',
] as const

const latestSchema = z.lazy(() =>
  z.object({
    /** SHA-256 of the code, in Lambda's form. */
    code: z.string(),
    /** A fingerprint of the configuration, without the Description. */
    configuration: z.string(),
    /** The function's Description; absent in entries of before it was written. */
    description: z.string().optional(),
  }),
)

/**
 * The fields of entries that lambdactl reads again. Each kind of entry has some of them, and others for people. The
 * schemas are built at their first use, since most commands read no journal.
 */
const entrySchema = z.lazy(() =>
  z.object({
    kind: z.enum(kinds),
    /** Milliseconds since the epoch. */
    time: z.number(),
    release: text,
    function: text,
    lambdaName: text,
    alias: text,
    /** The ARN of who acts. */
    by: text,
    /** The person for whom the process says that it acts: a claim. */
    actor: perhaps(
      z.object({ name: z.exactOptional(z.string().min(1)), url: z.exactOptional(z.string().min(1)) }),
    ),
    reason: text,
    plan: perhaps(plannedSchema),
    /** The state that $LATEST is about to get. */
    latest: perhaps(latestSchema),
    /** The settings that belong to no version, as they were applied: a fingerprint by field. */
    settings: perhaps(z.record(z.string(), text)),
    /** The outcome of the release or of a hook. */
    outcome: text,
    /** `rollback` in the release of a person who moved the alias by one update. */
    strategy: text,
    /** The versions that lost their traffic to such a release: the alias's, and the candidate's of one in progress. */
    from: perhaps(z.object({ version, weight: perhaps(z.object({ version })) })),
    /** The version of the alias after the change; `weight` is the share of another version. */
    version,
    weight: z.unknown().optional(),
    /** The id of the release in progress that a person's rollback ended. */
    ended: text,
    /** A person's decision. Earlier versions of lambdactl wrote none. */
    verb: perhaps(z.enum(['approve', 'pause', 'promote', 'step', 'abort'])),
    /** A person's reason for a decision that went past the gates. */
    breakglass: text,
    /** The failed call of AWS that made the release roll back. */
    failure: text,
    /** The hook's point; the next three fields say where its release was. */
    point: perhaps(z.enum(hookPoints)),
    phase: text,
    step: moment,
    since: moment,
  }),
)

/** An entry of a kind that this version knows. */
export interface Entry extends z.output<typeof entrySchema> {}

/** The fields that only people read. */
interface ForPeople {
  /** The decision that a look led to. */
  do?: string
  verdict?: Verdict | undefined
  alarms?: readonly JudgedAlarm[]
  comparison?: readonly ComparedMetric[] | undefined
  /** The alias's Description before the first record. */
  replaced?: string | undefined
  /** The flags that the release needed to go past checks of the function itself. */
  wentPast?: readonly PastFlag[]
  /** The time that a hook, or a rollback since its alarm fired, took. */
  seconds?: number
  exitCode?: number
  /** The last 4 KB that a hook wrote. */
  output?: string
}

/** An entry to write, without its time. */
export type NewEntry = Omit<z.input<typeof entrySchema>, 'time'> & ForPeople

/**
 * Reads the entries about releases, in their order. It leaves out kinds that only a later version of lambdactl knows, and
 * the streams of functions, which have a slash in their names: their kinds mean something else.
 */
export function readEntries(entries: readonly unknown[]): Entry[] {
  return entries
    .flatMap((entry) => entrySchema.safeParse(entry).data ?? [])
    .filter(({ release = '' }) => !release.includes('/'))
}
