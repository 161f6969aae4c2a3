import { CreateFunctionRequest$, UpdateFunctionConfigurationRequest$ } from '@aws-sdk/client-lambda'
import { NormalizedSchema } from '@smithy/core/schema'
import { expect, test } from 'vitest'
import { fieldNames } from '../../../src/function/aws-names.ts'
import { isLeftOut, isSame, settingFields, toldOf } from '../../../src/function/settings/fields.ts'
import { awsDefaults, settingKeys } from '../../../src/function/settings/rows.ts'

/** Members of UpdateFunctionConfiguration that are no setting. */
const noSetting = ['RevisionId']

/** Settings that only CreateFunction takes, or UpdateFunctionCode does. */
const notUpdated = [
  'Architectures',
  'SourceKMSKeyArn',
  'Code.SourceKMSKeyArn',
  'TenancyConfig.TenantIsolationMode',
]

const updated = [...membersOf(NormalizedSchema.of(UpdateFunctionConfigurationRequest$), [])]
const created = [...membersOf(NormalizedSchema.of(CreateFunctionRequest$), [])]
const ofSettings = settingFields.flatMap(({ aws }) =>
  typeof aws === 'string' ? [aws] : Object.values<string>(aws),
)

test("each member of AWS's update has a row, or is no setting", () => {
  expect(updated.length).toBeGreaterThan(30)
  const named = fieldNames.map(({ other }) => other)
  expect(updated.filter((member) => !noSetting.includes(member) && !named.some(holds(member)))).toEqual([])
})

test("each of AWS's names in the table is there in the SDK", () => {
  expect(
    ofSettings.filter((name) => ![...updated, ...created].some((member) => holds(member)(name))),
  ).toEqual(['SourceKMSKeyArn'])
  expect(ofSettings.filter((name) => !updated.some((member) => holds(member)(name)))).toEqual(notUpdated)
})

test('each field has one path and one name, and AWS’s names lead to one field each', () => {
  for (const names of [
    settingFields.map(({ name }) => name),
    settingFields.map(({ keys }) => keys.join('.')),
    fieldNames.map(({ other }) => other),
  ]) {
    expect(new Set(names).size).toBe(names.length)
  }
})

test('a default is the same as a setting that nobody read', () => {
  expect(settingKeys.filter((key) => !isSame(key, undefined, awsDefaults[key]))).toEqual([])
  const told = settingFields.filter((field) => field.told !== 'names')
  expect(told.map((field) => toldOf(field, {}))).toEqual(told.map((field) => toldOf(field, awsDefaults)))
})

test('of AWS’s defaults only the timeout needs a word in the file', () => {
  expect(settingFields.filter((field) => !isLeftOut(field, awsDefaults)).map(({ name }) => name)).toEqual([
    'timeout',
  ])
})

/** A row of a list of maps, such as FileSystemConfigs, holds all of their members. */
function holds(member: string) {
  return (name: string) => member === name || member.startsWith(`${name}.`)
}

/** Paths of what holds a value; a list of structures is one of their members. */
function* membersOf(schema: NormalizedSchema, above: string[]): Generator<string> {
  if (schema.isListSchema()) yield* membersOf(schema.getValueSchema(), above)
  else if (!schema.isStructSchema()) yield above.join('.')
  else for (const [name, member] of schema.structIterator()) yield* membersOf(member, [...above, name])
}
