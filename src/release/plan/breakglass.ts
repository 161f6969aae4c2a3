import * as z from 'zod'

/** The last moment that a Date can hold, milliseconds since the epoch. */
const latest = 8.64e15

/** An alarm that is excused as long as its state does not change. */
const firingAlarmSchema = z.lazy(() =>
  z.object({
    alarm: z.string(),
    /** When that state began, milliseconds since the epoch. */
    since: z.number().positive().max(latest),
  }),
)

export const breakglassSchema = z.lazy(() =>
  z.object({
    /** A person's words. */
    reason: z.string(),
    /** The alarms that failed it when it began. */
    firing: z.array(firingAlarmSchema).readonly(),
  }),
)

/** The reason why a release went past its gates, and the alarms that it is excused from. */
export type Breakglass = z.infer<typeof breakglassSchema>
