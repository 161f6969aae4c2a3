import * as z from 'zod'
import { leftOut } from '../../function/settings/rows.ts'
import { awsShape } from '../aws-shape/function.ts'
import { ensuredSchema } from '../function/alarms.ts'
import { attachmentShape } from '../function/attachments.ts'
import { overrideVariablesSchema, variablesSchema } from '../function/environment-variables.ts'
import { createdShape } from '../function/fixed-at-creation.ts'
import { managesSchema } from '../function/manages.ts'
import { sourceShape } from '../function/source.ts'
import { triggersSchema } from '../function/triggers/triggers.ts'
import { settingsShape } from '../function/versioned.ts'
import { releaseSchema } from '../release/release.ts'
import { duration, text, wholeNumber } from '../values/fields.ts'

const memoryExpected = 'a number from 128 to 10240'
const ourShape = {
  ...sourceShape,
  manages: managesSchema,
  name: text("the function's name in Lambda")
    .optional()
    .describe('The name in Lambda. Default: <service>-<function>-<env>.'),
  adopted: text(
    "a function's ARN",
    /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[a-zA-Z0-9_-]+(?::\d+)?$/,
  )
    .optional()
    .describe(
      'The function, and the version, that `init --from` wrote down here: a release may change it although it has no mark of lambdactl. Not needed after its first release.',
    ),
  description: z.string().max(256, 'text of at most 256 characters').optional(),
  role: text("the execution role's ARN").optional().describe('The ARN of the execution role.'),
  memory: z
    .int(memoryExpected)
    .min(128, memoryExpected)
    .max(32_768, `${memoryExpected}, on managed instances to 32768`)
    .optional()
    .describe(`Memory in MB, up to 10240 but on managed instances. Default: ${leftOut('memoryMb')}.`),
  timeout: duration(1000, 900_000)
    .refine((milliseconds) => milliseconds % 1000 === 0, 'a duration of whole seconds')
    .optional()
    .describe(`From 1s to 15m. Default: ${leftOut('timeoutSeconds')}s.`),
  environment: variablesSchema
    .optional()
    .describe(
      'Environment variables. ${env}, ${function}, ${service}, ${region}, ${account}, ${git.sha}, ${env:NAME}, ${ssm:/name} and ${secret:name#key} are replaced; $${ is a plain ${.',
    ),
  architecture: z
    .enum(['x86_64', 'arm64'])
    .optional()
    .describe(`Default: ${leftOut('architecture')}.`),
  provisionedConcurrency: wholeNumber(1, 1_000_000)
    .optional()
    .describe(
      'Environments that each new version has ready before it gets traffic. Default: as many as the version before it.',
    ),
  release: releaseSchema.optional().describe('How traffic moves to a new version.'),
  alarms: ensuredSchema
    .optional()
    .describe(
      'The CloudWatch alarms that `alarms ensure` makes for the alias: true, or a map of limits; release.alarms names them by the same names. Default: none.',
    ),
  triggers: triggersSchema
    .optional()
    .describe(
      'What invokes the alias, by names. Left out: as it is; {} removes those that lambdactl made. In an environment null leaves one out.',
    ),
  ...settingsShape,
  ...createdShape,
  ...attachmentShape,
}

// Values by AWS's names are converted, so only fields by lambdactl's names have a type.
export const functionSchema = z.strictObject({ ...ourShape, ...(awsShape(ourShape) as object) })
export const overrideSchema = functionSchema.partial().extend({
  environment: overrideVariablesSchema
    .optional()
    .describe('Environment variables that differ here; null removes one.'),
  Environment: z.strictObject({ Variables: overrideVariablesSchema.optional() }).optional(),
})

/** Fields by lambdactl's names. AWS's names begin with a capital, and their fields are converted. */
type Ours<Fields> = Readonly<{
  [Name in keyof Fields as Name extends Capitalize<string & Name> | 'logFormat' ? never : Name]: Fields[Name]
}>

/** A function in `lambdactl.yaml`: durations in milliseconds, without defaults. */
export type FunctionFields = Ours<z.output<typeof functionSchema>>
export type OverrideFields = Ours<z.output<typeof overrideSchema>>
