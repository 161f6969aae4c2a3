import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import { environmentFields } from '../service/locate.ts'
import type { ArtifactSettings, Config, FieldPath } from '../types.ts'
import { text } from '../values/fields.ts'
import { interpolate, type Scope } from '../values/interpolate.ts'

const expected = "a bucket's name, or {bucket: …}"

/** `artifacts` as it is written. */
export const artifactsSchema = z.union(
  [
    text(expected),
    z.strictObject({
      bucket: text("a bucket's name").describe("The bucket, in the functions' Region."),
      prefix: text('text').optional().describe('What keys begin with, as in lambda/. Default: nothing.'),
      kmsKey: text("a KMS key's ARN or id")
        .optional()
        .describe('The KMS key that encrypts the packages. Default: as the bucket does.'),
      always: z
        .boolean()
        .optional()
        .describe('Upload every package there, not only those above 50 MB. Default: false.'),
    }),
  ],
  expected,
)

// S3's own rules, without reserved beginnings and endings.
const bucketName = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/**
 * Where the packages of a function are kept, by the environment or the whole file.
 *
 * @throws LambdactlError CONFIG_INVALID with the field's place, for what can't be filled in or is no bucket's name
 */
export function resolveArtifacts(config: Config, name: string, scope: Scope): ArtifactSettings | undefined {
  const environment = environmentFields(config, name)
  const written = environment.artifacts ?? config.artifacts
  if (written === undefined) return undefined
  const field = environment.artifacts === undefined ? ['artifacts'] : ['environments', name, 'artifacts']
  const isShort = typeof written === 'string'
  const { bucket, prefix = '', kmsKey, always = false } = isShort ? { bucket: written } : written
  const fill = (template: string, key: string) =>
    interpolate(template, scope, isShort ? field : [...field, key])
  return {
    bucket: requireBucket(fill(bucket, 'bucket'), isShort ? field : [...field, 'bucket'], scope),
    keyPrefix: `${fill(prefix, 'prefix')}${config.service}/${scope.function}/`,
    kmsKey: kmsKey && fill(kmsKey, 'kmsKey'),
    owner: environment.account,
    always,
  }
}

function requireBucket(bucket: string, field: FieldPath, { place }: Scope): string {
  if (bucketName.test(bucket)) return bucket
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${place(field)}: expected a bucket's name of 3 to 63 small letters, digits, - and ., got ${JSON.stringify(bucket)}.`,
  )
}
