import * as z from 'zod'
import { text, wholeNumber } from '../values/fields.ts'
import { names, seconds } from './fields.ts'

// AWS's names of what belongs to no version; see function.ts.

const arn = text('an ARN')

const corsSchema = z.strictObject({
  AllowOrigins: names('origins'),
  AllowMethods: names('methods'),
  AllowHeaders: names('headers'),
  ExposeHeaders: names('headers'),
  MaxAge: seconds(0, 86_400),
  AllowCredentials: z.boolean().optional(),
})

const urlSchema = z.strictObject({
  AuthType: z
    .enum(['AWS_IAM', 'NONE'])
    .transform((type) => (type === 'NONE' ? ('none' as const) : ('iam' as const)))
    .optional(),
  Cors: corsSchema.optional(),
  InvokeMode: z
    .enum(['BUFFERED', 'RESPONSE_STREAM'])
    .transform((mode) => (mode === 'BUFFERED' ? ('buffered' as const) : ('stream' as const)))
    .optional(),
})

const runtimeModes = { Auto: 'auto', FunctionUpdate: 'function-update', Manual: 'manual' } as const
const runtimeSchema = z.strictObject({
  UpdateRuntimeOn: z
    .enum(['Auto', 'FunctionUpdate', 'Manual'])
    .transform((on) => runtimeModes[on])
    .optional(),
  RuntimeVersionArn: arn.optional(),
})

const target = z.strictObject({ Destination: arn.optional() }).optional()

/** The fields that belong to the function or its alias, and to no version, by AWS's names. */
export const awsAttachmentShape = {
  MaximumRetryAttempts: wholeNumber(0, 2).optional(),
  MaximumEventAgeInSeconds: seconds(60, 21_600),
  DestinationConfig: z.strictObject({ OnSuccess: target, OnFailure: target }).optional(),
  FunctionUrlConfig: urlSchema.optional(),
  ReservedConcurrentExecutions: wholeNumber(0, 1_000_000).optional(),
  CodeSigningConfigArn: arn.optional(),
  RecursiveLoop: z
    .enum(['Terminate', 'Allow'])
    .transform((loop) => (loop === 'Allow' ? ('allow' as const) : ('terminate' as const)))
    .optional(),
  RuntimeManagementConfig: runtimeSchema.optional(),
}
