import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import { text } from '../values/fields.ts'
import type { Position } from '../values/position.ts'

const expected = "a bucket's name, or {bucket: …}"

/** `artifacts` as the file writes it. */
export const artifactsSchema = z.union(
  [
    text(expected),
    z.strictObject({
      bucket: text("a bucket's name").describe("The bucket, in the functions' Region."),
      prefix: text('text').optional().describe('The beginning of keys, as in lambda/. Default: none.'),
      kmsKey: text("a KMS key's ARN or id")
        .optional()
        .describe("The KMS key that encrypts the packages. Default: the bucket's own."),
      always: z
        .boolean()
        .optional()
        .describe('Upload every package there, not only those above 50 MB. Default: false.'),
    }),
  ],
  expected,
)

/** The place of packages in S3. */
export interface ArtifactSettings {
  readonly bucket: string
  /** The start of the function's keys: prefix, service and function. */
  readonly keyPrefix: string
  /** Undefined: the bucket's default encryption. */
  readonly kmsKey: string | undefined
  /** The account that has to own the bucket; 12 digits. */
  readonly owner: string | undefined
  /** Includes packages that Lambda would accept directly. */
  readonly always: boolean
}

// S3's own rules, without reserved beginnings and endings.
const bucketName = /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/

/**
 * The place of a function's packages.
 *
 * @param folder below the prefix, `shop/checkout/`
 * @param at `artifacts`
 * @throws LambdactlError CONFIG_INVALID with the field's place, for a value that can't be replaced or is no bucket's
 * name
 */
export function resolveArtifacts(
  artifacts: z.output<typeof artifactsSchema>,
  folder: string,
  at: Position,
): Omit<ArtifactSettings, 'owner'> {
  const isShort = typeof artifacts === 'string'
  const { bucket, prefix = '', kmsKey, always = false } = isShort ? { bucket: artifacts } : artifacts
  return {
    bucket: resolveBucket(bucket, isShort ? at : at.below('bucket')),
    keyPrefix: `${at.fill(prefix, 'prefix')}${folder}`,
    kmsKey: kmsKey && at.fill(kmsKey, 'kmsKey'),
    always,
  }
}

function resolveBucket(written: string, at: Position): string {
  const bucket = at.fill(written)
  if (bucketName.test(bucket)) return bucket
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${at.place()}: expected a bucket's name of 3 to 63 small letters, digits, - and ., got ${JSON.stringify(bucket)}.`,
  )
}
