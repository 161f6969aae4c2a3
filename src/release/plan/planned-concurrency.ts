import * as z from 'zod'

const environments = z.int().positive()

const stableConcurrencySchema = z.lazy(() =>
  z.object({
    /** Environments. */
    amount: environments,
    /**
     * `alias`: the alias itself has the environments and hands them over. `pending`: they are being prepared.
     * `cut-off`: an unfinished release took them from the alias.
     */
    why: z.enum(['alias', 'pending', 'cut-off']),
  }),
)

export type StableConcurrency = z.infer<typeof stableConcurrencySchema>

export const plannedConcurrencySchema = z.lazy(() =>
  z.object({
    /** The environments that the candidate's version gets before any traffic. */
    amount: environments,
    /** The work on the stable version before the first shift; absent if there is none. */
    stable: z.exactOptional(stableConcurrencySchema),
  }),
)

/** The provisioned concurrency that a release moves. */
export type PlannedConcurrency = z.infer<typeof plannedConcurrencySchema>
