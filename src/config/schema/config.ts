import * as z from 'zod'
import { artifactsSchema } from '../function/artifacts.ts'
import { plainName } from '../values/plain-name.ts'
import { type EnvironmentFields, environmentSchema } from './environment.ts'
import { type FunctionFields, functionSchema } from './function.ts'

/** Fields of every function that does not set its own, and the environment of commands that name none. */
const defaultsSchema = functionSchema.omit({ adopted: true }).extend({
  env: plainName
    .optional()
    .describe('The environment of commands that name none. --env and LAMBDACTL_ENV win over it.'),
})

export const configSchema = z
  .strictObject({
    service: plainName.describe("The first part of every function's name in Lambda."),
    defaults: defaultsSchema
      .optional()
      .describe('Fields of all functions. Those of a function, and then of an environment, win over them.'),
    functions: z.record(plainName, functionSchema),
    artifacts: artifactsSchema
      .optional()
      .describe('The S3 bucket for packages that are too large for a request, above 50 MB zipped.'),
    environments: z.record(plainName, environmentSchema),
  })
  .meta({ title: 'lambdactl.yaml' })

/** The whole file, with all fields by lambdactl's names. */
export interface ConfigFields {
  readonly service: string
  /** The environment of commands that name none. */
  readonly defaultEnvironment?: string | undefined
  /** The fields below those of each function. */
  readonly defaults?: FunctionFields | undefined
  /** Merged with the defaults. */
  readonly functions: Readonly<Record<string, FunctionFields>>
  readonly artifacts?: z.output<typeof artifactsSchema> | undefined
  readonly environments: Readonly<Record<string, EnvironmentFields>>
}
