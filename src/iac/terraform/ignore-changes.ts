import type { Resource } from './resources.ts'

/**
 * Attributes that a release changes, or whose change makes the AWS provider upload its own code, by the kind of
 * resource and of code. Tried with Terraform 1.11 and version 5.100 of the provider: with these, a plan after a release
 * is empty, and an apply keeps the released code. One exception can't be ignored: a change of `architectures`.
 */
export const ignoreChanges = {
  alias: ['function_version', 'routing_config', 'description'],
  file: ['filename', 'source_code_hash'],
  s3: ['s3_bucket', 's3_key', 's3_object_version', 'source_code_hash'],
  image: ['image_uri'],
} as const

/** The attributes of a function's code that Terraform has to ignore. */
export function codeAttributes({ values }: Resource): readonly string[] {
  if (values['package_type'] === 'Image') return ignoreChanges.image
  return values['s3_bucket'] ? ignoreChanges.s3 : ignoreChanges.file
}
