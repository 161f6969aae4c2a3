import type { ResolvedFunction } from '../../config/types.ts'
import type { References } from '../../config/values/references.ts'
import type { Field, Permitted } from '../../operation/permissions/facts.ts'
import { unreadArn } from '../../operation/permissions/resources.ts'

/** A function of the file, with the things that a policy names one by one. */
export interface DeclaredFunction {
  fn: ResolvedFunction
  fields: ReadonlySet<Field>
  references: Pick<References, 'parameters' | 'secrets'>
  /** The text in place of a value that was not read. */
  unread: string
}

/** The facts about a function that a policy needs, by the file alone. */
export function permittedOf({ fn, fields, references, unread }: DeclaredFunction): Permitted {
  const { lambdaName, manages, versioned = {}, attachments = {}, artifacts, image, s3 } = fn
  const isWhole = manages === 'function'
  const known = (arn: string | undefined) => (arn?.includes(unread) ? unreadArn : arn)
  return {
    lambdaName,
    manages,
    logGroup: versioned.logGroup || `/aws/lambda/${lambdaName}`,
    fields,
    ...(isWhole && { role: known(fn.role), kmsKey: known(versioned.kmsKey) }),
    layers: [...(fn.layers ?? fn.said?.layers ?? [])].filter((layer) => !layer.includes(unread)),
    codeSigning: known(attachments.codeSigning),
    triggers: fn.triggers,
    image: image?.uri,
    packages: artifacts,
    zip: s3,
    parameters: references.parameters,
    secrets: references.secrets,
  }
}
