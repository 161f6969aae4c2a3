import * as z from 'zod'

const environments = z.int().positive()

const stableConcurrencySchema = z.object({
  amount: environments,
  /**
   * `alias`: the alias has them itself, and hands them over. `pending`: they are being prepared. `cut-off`: a release that
   * never came to its end took them from the alias.
   */
  why: z.enum(['alias', 'pending', 'cut-off']),
})

export type StableConcurrency = z.infer<typeof stableConcurrencySchema>

export const plannedConcurrencySchema = z.object({
  /** Environments that the candidate's version gets before it gets any traffic. */
  amount: environments,
  /** The work on the stable version before the first shift; absent where there is none. */
  stable: z.exactOptional(stableConcurrencySchema),
})

/** The provisioned concurrency that a release takes along. */
export type PlannedConcurrency = z.infer<typeof plannedConcurrencySchema>
