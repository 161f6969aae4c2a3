import { attachmentKeys } from './attachments/compare.ts'
import { attachmentTable } from './attachments/table.ts'
import { settingFields } from './settings/fields.ts'
import type { AwsNames } from './settings/row.ts'

/** A field of the file by two names. */
export interface FieldNames {
  /** As in `LoggingConfig.LogFormat`. */
  readonly other: string
  /** As in `logs.format`. */
  readonly ours: string
}

/** Fields that are no setting of Lambda's functions, or are only for lambdactl. */
const otherFields: readonly FieldNames[] = [
  { other: 'logFormat', ours: 'logs.format' },
  { other: 'FunctionName', ours: 'name' },
  { other: 'Code.ImageUri', ours: 'image.uri' },
  { other: 'ProvisionedConcurrentExecutions', ours: 'provisionedConcurrency' },
]

/** AWS's name, or names, of each field of a function. */
export const fieldNames: readonly FieldNames[] = [
  ...otherFields,
  ...settingFields.flatMap(({ aws, keys }) => namesOf(aws, keys.join('.'))),
  ...attachmentKeys.flatMap((key) =>
    Object.entries<string>(attachmentTable[key].fields).map(([ours, other]) => ({ other, ours })),
  ),
]

/** Returns each of AWS's names with the field that it names. */
export function namesOf(aws: AwsNames, ours: string): FieldNames[] {
  if (typeof aws === 'string') return [{ other: aws, ours }]
  return Object.entries(aws).map(([member, other]) => ({
    other,
    ours: Array.isArray(aws) ? ours : `${ours}.${member}`,
  }))
}
