import * as z from 'zod'
import { artifactsSchema } from '../function/artifacts.ts'
import { managesSchema } from '../function/manages.ts'
import { endpointProblem } from '../values/endpoint.ts'
import { text } from '../values/fields.ts'
import { plainName } from '../values/plain-name.ts'
import { type OverrideFields, overrideSchema } from './function.ts'

export const environmentSchema = z.strictObject({
  region: text('an AWS Region, as in eu-west-1', /^[a-z]{2}(-[a-z]+)+-\d+$/).optional(),
  endpoint: z
    .url({ protocol: /^https?$/, error: 'an http or https address', abort: true })
    .refine((address) => endpointProblem(address) === undefined, 'an address without a user or password')
    .optional()
    .describe('The place to send AWS calls to instead of AWS, for example the sandbox.'),
  account: text('12 digits in quotes', /^\d{12}$/)
    .optional()
    .describe('The only account in which commands may act.'),
  // Lambda's own pattern for an alias.
  alias: text('a name of letters, digits, - and _, not only digits', /^(?!\d+$)[a-zA-Z0-9_-]{1,128}$/)
    .optional()
    .describe('The alias that traffic follows. Default: live.'),
  role: text("the execution role's ARN").optional().describe('The role of functions that name none.'),
  protected: z
    .boolean()
    .optional()
    .describe(
      "A release here needs a gate, an alarm or a canary's comparison, and a change is confirmed by the environment's name or --yes.",
    ),
  profile: text('a profile of the AWS configuration').optional(),
  artifacts: artifactsSchema
    .optional()
    .describe("The bucket for packages of this environment; wins over the whole file's."),
  manages: managesSchema,
  functions: z
    .record(plainName, z.union([overrideSchema, z.literal(false)], 'a map of fields, or false'))
    .optional()
    .describe('Fields that differ here, by function; false: the function is not in this environment.'),
})

/** An environment in `lambdactl.yaml`. */
export type EnvironmentFields = Readonly<Omit<z.output<typeof environmentSchema>, 'functions'>> & {
  readonly functions?: Readonly<Record<string, OverrideFields>> | undefined
  /** The functions of the file that are not in this environment. */
  readonly absent?: readonly string[]
}
