import * as z from 'zod'
import { awsShape } from '../aws-shape/function.ts'
import { artifactsSchema } from '../function/artifacts.ts'
import { attachmentShape } from '../function/attachments.ts'
import { createdShape } from '../function/created.ts'
import { overrideVariablesSchema, variablesSchema } from '../function/environment-variables.ts'
import { sourceShape } from '../function/source.ts'
import { settingsShape } from '../function/versioned.ts'
import { releaseSchema } from '../release/release.ts'
import { endpointProblem } from '../values/endpoint.ts'
import { duration, text, wholeNumber } from '../values/fields.ts'

const plainName = text('a name of letters, digits, - and _', /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/)
const memoryExpected = 'a number from 128 to 10240'
const ourShape = {
  ...sourceShape,
  name: text("the function's name in Lambda")
    .optional()
    .describe('The name in Lambda. Default: <service>-<function>-<env>.'),
  adopted: text(
    "a function's ARN",
    /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[a-zA-Z0-9_-]+(?::\d+)?$/,
  )
    .optional()
    .describe(
      'The function, and the version, that `init --from` wrote down here: a release may change it though nothing in it says that lambdactl published it. Not needed after its first release.',
    ),
  description: z.string().max(256, 'text of at most 256 characters').optional(),
  role: text("the execution role's ARN").optional().describe('The ARN of the execution role.'),
  memory: z
    .int(memoryExpected)
    .min(128, memoryExpected)
    .max(32_768, `${memoryExpected}, on managed instances to 32768`)
    .optional()
    .describe('Memory in MB, up to 10240 but on managed instances. Default: 128.'),
  timeout: duration(1000, 900_000)
    .refine((milliseconds) => milliseconds % 1000 === 0, 'a duration of whole seconds')
    .optional()
    .describe('From 1s to 15m. Default: 10s.'),
  environment: variablesSchema
    .optional()
    .describe(
      'Environment variables. ${env}, ${function}, ${service}, ${git.sha}, ${env:NAME}, ${ssm:/name} and ${secret:name#key} are filled in; $${ is a plain ${.',
    ),
  architecture: z.enum(['x86_64', 'arm64']).optional().describe('Default: x86_64.'),
  provisionedConcurrency: wholeNumber(1, 1_000_000)
    .optional()
    .describe(
      'Environments that each new version has ready before it gets traffic. Default: as many as the version before it has.',
    ),
  release: releaseSchema.optional().describe('How traffic moves to a new version.'),
  ...settingsShape,
  ...createdShape,
  ...attachmentShape,
}

export const functionSchema = z.strictObject({ ...ourShape, ...awsShape(ourShape) })
export const overrideSchema = functionSchema.partial().extend({
  environment: overrideVariablesSchema
    .optional()
    .describe('Environment variables that differ here; null takes one away.'),
  Environment: z.strictObject({ Variables: overrideVariablesSchema.optional() }).optional(),
})

export const environmentSchema = z.strictObject({
  region: text('an AWS Region, as in eu-west-1', /^[a-z]{2}(-[a-z]+)+-\d+$/).optional(),
  endpoint: z
    .url({ protocol: /^https?$/, error: 'an http or https address', abort: true })
    .refine((address) => endpointProblem(address) === undefined, 'an address without a user or password')
    .optional()
    .describe('Where to send AWS calls instead of AWS: the sandbox, say.'),
  account: text('12 digits in quotes', /^\d{12}$/)
    .optional()
    .describe('The only account that may be touched.'),
  // Lambda's own pattern for an alias.
  alias: text('a name of letters, digits, - and _, not only digits', /^(?!\d+$)[a-zA-Z0-9_-]{1,128}$/)
    .optional()
    .describe('The alias that traffic follows. Default: live.'),
  role: text("the execution role's ARN").optional().describe('The role of functions that name none.'),
  protected: z
    .boolean()
    .optional()
    .describe("Nothing is released here without a gate: an alarm, or a canary's comparison."),
  profile: text('a profile of the AWS configuration').optional(),
  artifacts: artifactsSchema
    .optional()
    .describe('Where packages go from here; beats the one of the whole file.'),
  functions: z.record(plainName, overrideSchema).optional().describe('Fields that differ here, by function.'),
})

/** Fields of every function that does not give its own, and the environment of commands that name none. */
export const defaultsSchema = functionSchema.omit({ adopted: true }).extend({
  env: plainName
    .optional()
    .describe('The environment of commands that name none. --env and LAMBDACTL_ENV beat it.'),
})

export const configSchema = z
  .strictObject({
    service: plainName.describe("The first part of every function's name in Lambda."),
    defaults: defaultsSchema
      .optional()
      .describe(
        'Fields of all functions; those of a function, and then of an environment, are laid over them.',
      ),
    functions: z.record(plainName, functionSchema),
    artifacts: artifactsSchema
      .optional()
      .describe('The S3 bucket for packages that are too large for a request, above 50 MB zipped.'),
    environments: z.record(plainName, environmentSchema),
  })
  .meta({ title: 'lambdactl.yaml' })
