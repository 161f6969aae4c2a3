import * as z from 'zod'
import type { Promoted } from '../values/promoted.ts'

export const promotedSchema: z.ZodType<Promoted> = z.lazy(() =>
  z.object({ environment: z.string(), lambdaName: z.string(), version: z.string() }),
)
