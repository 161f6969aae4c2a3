import * as z from 'zod'
import { text, wholeNumber } from '../values/fields.ts'
import { seconds } from './fields.ts'

// AWS's names of what a function has from its creation on, and of its image; see function.ts.

const arn = text('an ARN')
const texts = z.array(text('text in quotes')).optional()

/** The fields that a function has from its creation on, and its image, by AWS's names. */
export const awsCreatedShape = {
  DurableConfig: z
    .strictObject({
      ExecutionTimeout: seconds(1, 31_622_400),
      RetentionPeriodInDays: wholeNumber(1, 90)
        .transform((days) => `${days}d`)
        .optional(),
      KMSKeyArn: arn.optional(),
    })
    .optional(),
  CapacityProviderConfig: z
    .strictObject({
      LambdaManagedInstancesCapacityProviderConfig: z.strictObject({
        CapacityProviderArn: arn.optional(),
        PerExecutionEnvironmentMaxConcurrency: wholeNumber(1, 1600).optional(),
        ExecutionEnvironmentMemoryGiBPerVCpu: z
          .number('a number from 2 to 8')
          .min(2, 'a number from 2 to 8')
          .max(8, 'a number from 2 to 8')
          .optional(),
      }),
    })
    .optional(),
  TenancyConfig: z
    .strictObject({
      TenantIsolationMode: z
        .enum(['PER_TENANT'])
        .transform(() => 'per-tenant' as const)
        .optional(),
    })
    .optional(),
  Code: z
    .strictObject({
      ImageUri: text("an image's URI with its digest").optional(),
      SourceKMSKeyArn: arn.optional(),
    })
    .optional(),
  ImageConfig: z
    .strictObject({
      Command: texts,
      EntryPoint: texts,
      WorkingDirectory: text('a folder of the image').optional(),
    })
    .optional(),
}
