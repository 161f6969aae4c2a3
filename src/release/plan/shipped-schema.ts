import * as z from 'zod'
import type { Shipped } from '../values/shipped.ts'

export const shippedSchema: z.ZodType<Shipped> = z.lazy(() =>
  z.object({ by: z.exactOptional(z.string()), changes: z.array(z.string()).readonly() }),
)
