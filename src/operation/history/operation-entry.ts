import * as z from 'zod'
import { actingFields } from '../concurrency/stop.ts'

/** Builds the schema at its first use: start-up is a feature. */
const operationSchema = z.lazy(() => {
  const count = z.int().nonnegative()
  /** Concurrent executions; null: none. */
  const amount = count.nullable()
  const names = z.array(z.string())
  const acting = actingFields()
  /** The time of the entry that began the operation. */
  const ending = { ...acting, began: z.number() }
  return z.discriminatedUnion('kind', [
    /** Published versions are about to go, with zips of so many bytes. */
    z.object({ kind: z.literal('pruning'), ...acting, versions: count, bytes: count }),
    /** `left` were not tried, and `spared` are used again. */
    z.object({
      kind: z.literal('pruned'),
      ...ending,
      versions: count,
      bytes: count,
      failed: count,
      left: count,
      spared: count,
    }),
    /** The function is about to go, with so many published versions. */
    z.object({ kind: z.literal('destroying'), ...acting, versions: count }),
    z.object({
      kind: z.literal('destroyed'),
      ...ending,
      /** False if somebody else had deleted the function itself. */
      deleted: z.boolean(),
      alarms: names,
      scaling: names,
      /** Absent in entries of earlier releases of lambdactl. */
      triggers: names.optional(),
      logGroup: z.string().optional(),
      /** The reason why the rest stayed. */
      failed: z.string().optional(),
    }),
    z.object({ kind: z.literal('reserved'), ...acting, from: amount, to: amount }),
    /** `qualifier` is a version or an alias. */
    z.object({ kind: z.literal('provisioned'), ...acting, qualifier: z.string(), from: amount, to: amount }),
    /** `to` is null if the scaling of the alias has ended. */
    z.object({
      kind: z.literal('autoscaled'),
      ...acting,
      to: z.object({ min: count, max: count, utilization: z.number() }).nullable(),
    }),
    /** The numbers of event source mappings and permissions that the alias got. */
    z.object({ kind: z.literal('pointed'), ...acting, mappings: count, permissions: count }),
    /** The triggers of the file, by their names. */
    z.object({ kind: z.literal('triggered'), ...acting, added: names, changed: names, removed: names }),
    /** The alarms of `alarms ensure`. */
    z.object({ kind: z.literal('ensured'), ...acting, made: names, changed: names, removed: names }),
  ])
})

/** An entry about an operation on a function. One that can't be undone has an entry before it begins, and one at its end. */
type OperationEntry = z.output<typeof operationSchema>

type WithoutActing<Entry> = Entry extends unknown ? Omit<Entry, 'time' | 'by' | 'actor'> : never

/** An entry to write, without its time and without the person who acts. */
export type NewOperation = WithoutActing<OperationEntry>

/** Reads an entry; undefined for one of another shape, such as a later version of lambdactl may write. */
export function readOperation(entry: unknown): OperationEntry | undefined {
  return operationSchema.safeParse(entry).data
}
