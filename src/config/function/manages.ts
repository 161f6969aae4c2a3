import * as z from 'zod'

/** The part of a function that is lambdactl's: the whole function, or its code, its versions and one alias. */
export type Manages = 'function' | 'code'

export const managesSchema = z
  .enum(['function', 'code'])
  .optional()
  .describe(
    'code: an infrastructure tool makes and configures the function; lambdactl changes its code, its versions and the alias. Default: function.',
  )

/** The fields of a function of another tool. Its settings among them change nothing: $LATEST must have the same. */
const ofCode: ReadonlySet<string> = new Set([
  'name',
  'manages',
  'source',
  'image',
  'bundle',
  'build',
  'include',
  'requirements',
  'runtime',
  'handler',
  'architecture',
  'layers',
  'provisionedConcurrency',
  'release',
  'alarms',
])

/** Names the fields that the other tool sets, as in `memory` and `image.command`. */
export function ownedFields(fields: { readonly image?: unknown }): string[] {
  const { image } = fields
  const ofImage = typeof image === 'object' ? Object.keys(image ?? {}) : []
  return [
    ...Object.keys(fields).filter((key) => !ofCode.has(key)),
    ...ofImage.filter((key) => key !== 'uri').map((key) => `image.${key}`),
  ]
}

/** Leaves out the fields that the other tool sets. */
export function onlyCode<Fields extends { readonly image?: string | { readonly uri?: string } | undefined }>(
  fields: Fields,
): Fields {
  const kept = Object.entries(fields).filter(([key]) => ofCode.has(key))
  const { image } = fields
  return {
    ...(Object.fromEntries(kept) as Fields),
    ...(typeof image === 'object' && { image: { uri: image.uri } }),
  }
}
