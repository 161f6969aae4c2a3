import * as z from 'zod'
import { hookPoints } from '../plan/hooks.ts'

/**
 * A field counts as absent where it isn't such: another version may have written it otherwise, and nothing of a journal
 * is trusted.
 */
function perhaps<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().catch(undefined)
}

const text = perhaps(z.string())
const moment = perhaps(z.number())

/** Of a plan, what tells of a past release; a plan that a release is carried on by is read by `readPlan`. */
const plannedSchema = z.object({
  strategy: text,
  candidate: text,
  stable: text,
  origin: perhaps(z.object({ digest: text, commit: text })),
  breakglass: perhaps(z.object({ reason: text })),
  wentPast: perhaps(z.array(z.string()).readonly()),
})

/** The fields that are read again. Each kind of entry has some of them, and others that only people read. */
const entrySchema = z.object({
  kind: z.enum([
    /** A release begins, or a promotion has changed its plan. */
    'plan',
    /** $LATEST is about to get the state of `latest`. */
    'preparing',
    /** The settings of no version were applied. */
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
  ]),
  /** Milliseconds since the epoch. */
  time: z.number(),
  release: text,
  function: text,
  lambdaName: text,
  alias: text,
  /** The ARN of who acts. */
  by: text,
  /** Whom the process says that it acts for: a claim. */
  actor: perhaps(
    z.object({ name: z.exactOptional(z.string().min(1)), url: z.exactOptional(z.string().min(1)) }),
  ),
  reason: text,
  plan: perhaps(plannedSchema),
  /** The state that $LATEST is about to get. */
  latest: perhaps(
    z.object({
      /** SHA-256 of the code, in Lambda's form. */
      code: z.string(),
      /** A fingerprint of the configuration, without the Description. */
      configuration: z.string(),
      /** The function's Description; absent in entries of before it was written. */
      description: z.string().optional(),
    }),
  ),
  /** The settings of no version that were applied: a fingerprint by field. */
  settings: perhaps(z.record(z.string(), text)),
  /** Of an outcome or a hook. */
  outcome: text,
  /** `rollback` where the release is a person's, who put the alias elsewhere by one update. */
  strategy: text,
  /** The versions that such a release took their traffic from: the alias's, and that of a release in progress. */
  from: perhaps(z.object({ version: text, weight: perhaps(z.object({ version: text })) })),
  /** The version that the alias is on since, and the share of another. */
  version: text,
  weight: z.unknown().optional(),
  /** The release that such a release has ended. */
  ended: text,
  /** A person's decision; older versions wrote none. */
  verb: perhaps(z.enum(['approve', 'pause', 'promote', 'step', 'abort'])),
  /** A person's words, where the decision went past the gates. */
  breakglass: text,
  /** Present where a call of AWS that failed made the release roll back. */
  failure: text,
  /** Of a hook, with the place of its release. */
  point: perhaps(z.enum(hookPoints)),
  phase: text,
  step: moment,
  since: moment,
})

/** An entry of a kind that this version knows. */
export interface Entry extends z.output<typeof entrySchema> {}

/** An entry to write: the fields that are read again, and whatever else a person may want to know. */
export type NewEntry = Omit<z.input<typeof entrySchema>, 'time'> & { readonly [field: string]: unknown }

/** Reads the entries of a journal, in their order; those of a kind that only a later version knows are left out. */
export function readEntries(entries: readonly unknown[]): Entry[] {
  return entries.flatMap((entry) => entrySchema.safeParse(entry).data ?? [])
}
