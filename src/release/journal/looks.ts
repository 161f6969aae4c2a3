import * as z from 'zod'
import type { ComparedMetric } from '../plan/comparison.ts'
import { type HookPoint, hookPoints } from '../plan/hooks.ts'
import type { AlarmCondition, AlarmVerdict, Verdict } from '../values/observed.ts'

/** A look at the gates that led to a decision, with its figures. */
export interface Look {
  /** Milliseconds since the epoch. */
  time: number
  /** The decision: `shift`, `finish`; or the end that it led to: `paused`, `rolled-back`. */
  led: string
  /** Absent if the gates were not read. */
  verdict?: Verdict
  alarms: LookedAlarm[]
  /** The figures of both versions; empty if nothing was compared. */
  comparison: ComparedMetric[]
}

/** An alarm as the look saw it. */
interface LookedAlarm {
  name: string
  condition: AlarmCondition
  /** Absent in entries that do not tell it. */
  verdict?: AlarmVerdict
  /** The last change of the condition, milliseconds since the epoch. */
  since?: number
  /** CloudWatch's own reason. */
  reason?: string
}

/** A hook that has ended. */
export interface HookRun {
  /** Its end, milliseconds since the epoch. */
  time: number
  point: HookPoint
  /** `pass`, `fail` or `inconclusive`. */
  outcome: string
  /** The time that it took. */
  seconds?: number
  reason?: string
  /** The last 4 KB that it wrote, if it failed. */
  output?: string
}

const outcomes = z.enum(['pass', 'fail', 'inconclusive'])
const perhapsNumber = z.number().optional().catch(undefined)
const perhapsText = z.string().optional().catch(undefined)

const alarmSchema = z.lazy(() =>
  z.object({
    name: z.string(),
    condition: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
    verdict: z.exactOptional(z.enum(['pass', 'fail', 'inconclusive', 'excused'])),
    since: z.exactOptional(z.number()),
    reason: z.exactOptional(z.string()),
  }),
)

const comparedSchema = z.lazy(() =>
  z.object({
    metric: z.enum(['error-rate', 'throttle-rate', 'duration-p50', 'duration-p90', 'duration-p99']),
    outcome: outcomes,
    minutes: z.number(),
    candidate: z.number().optional(),
    stable: z.number().optional(),
    ratio: z.number().optional(),
    interval: z.exactOptional(z.object({ low: z.number(), high: z.number().optional() })),
  }),
)

const lookSchema = z.lazy(() =>
  z.object({
    kind: z.enum(['decision', 'outcome']),
    time: z.number(),
    do: perhapsText,
    outcome: perhapsText,
    verdict: z.object({ outcome: outcomes, reason: z.string() }).optional().catch(undefined),
    alarms: z.array(z.unknown()).catch([]),
    comparison: z.array(z.unknown()).catch([]),
  }),
)

const hookSchema = z.lazy(() =>
  z.object({
    kind: z.literal('hook'),
    time: z.number(),
    point: z.enum(hookPoints),
    outcome: z.string(),
    seconds: perhapsNumber,
    reason: perhapsText,
    output: perhapsText,
  }),
)

/** Reads the looks at the gates from a release's journal, in order. A part of another shape is left out: a journal is not trusted. */
export function looksIn(entries: readonly unknown[]): Look[] {
  return entries.flatMap((entry) => {
    const read = lookSchema.safeParse(entry).data
    if (!read) return []
    const { time, verdict } = read
    const alarms = all(alarmSchema, read.alarms)
    const comparison: ComparedMetric[] = all(comparedSchema, read.comparison).map(compared)
    if (!verdict && alarms.length + comparison.length === 0) return []
    return [{ time, led: read.do ?? read.outcome ?? '', ...(verdict && { verdict }), alarms, comparison }]
  })
}

/** Reads the hooks that have ended from a release's journal, in order. */
export function hooksIn(entries: readonly unknown[]): HookRun[] {
  return entries.flatMap((entry) => {
    const read = hookSchema.safeParse(entry).data
    if (!read) return []
    const { time, point, outcome, seconds, reason, output } = read
    return [
      {
        time,
        point,
        outcome,
        ...(seconds !== undefined && { seconds }),
        ...(reason !== undefined && { reason }),
        ...(output !== undefined && output !== '' && { output }),
      },
    ]
  })
}

function compared(read: z.output<typeof comparedSchema>): ComparedMetric {
  const { metric, outcome, minutes, candidate, stable, ratio, interval } = read
  return {
    metric,
    outcome,
    minutes,
    candidate,
    stable,
    ...(ratio !== undefined && { ratio }),
    ...(interval && { interval: { low: interval.low, high: interval.high } }),
  }
}

function all<Schema extends z.ZodType>(schema: Schema, values: readonly unknown[]): z.output<Schema>[] {
  return values.flatMap((value) => {
    const read = schema.safeParse(value)
    return read.success ? [read.data] : []
  })
}
