import * as lambda from '@aws-sdk/client-lambda'
import { NormalizedSchema } from '@smithy/core/schema'
import type { StaticStructureSchema } from '@smithy/types'
import { expect, test } from 'vitest'
import { configJsonSchema } from '../../src/config/schema/json-schema.ts'

/** Requests that set what a function is, and where the file has their members. */
const requests: Record<string, { schema: StaticStructureSchema; under: string[] }> = {
  CreateFunction: { schema: lambda.CreateFunctionRequest$, under: [] },
  UpdateFunctionConfiguration: { schema: lambda.UpdateFunctionConfigurationRequest$, under: [] },
  UpdateFunctionCode: { schema: lambda.UpdateFunctionCodeRequest$, under: [] },
  PutFunctionEventInvokeConfig: { schema: lambda.PutFunctionEventInvokeConfigRequest$, under: [] },
  UpdateFunctionEventInvokeConfig: { schema: lambda.UpdateFunctionEventInvokeConfigRequest$, under: [] },
  CreateFunctionUrlConfig: { schema: lambda.CreateFunctionUrlConfigRequest$, under: ['FunctionUrlConfig'] },
  UpdateFunctionUrlConfig: { schema: lambda.UpdateFunctionUrlConfigRequest$, under: ['FunctionUrlConfig'] },
  PutRuntimeManagementConfig: {
    schema: lambda.PutRuntimeManagementConfigRequest$,
    under: ['RuntimeManagementConfig'],
  },
  PutFunctionCodeSigningConfig: { schema: lambda.PutFunctionCodeSigningConfigRequest$, under: [] },
  PutFunctionRecursionConfig: { schema: lambda.PutFunctionRecursionConfigRequest$, under: [] },
  PutFunctionConcurrency: { schema: lambda.PutFunctionConcurrencyRequest$, under: [] },
  PutProvisionedConcurrencyConfig: { schema: lambda.PutProvisionedConcurrencyConfigRequest$, under: [] },
  PublishVersion: { schema: lambda.PublishVersionRequest$, under: [] },
}

/** Operations that change something else than a function, an alias of one, or what hangs on them. */
const otherOperations: Record<string, string> = {
  CreateAlias: 'aliases are what releases move',
  UpdateAlias: 'aliases are what releases move',
  PutFunctionScalingConfig:
    'counts of managed instances belong to each version, as provisioned concurrency does',
  PutResourcePolicy: 'permissions of triggers are theirs; those of a public url are added one by one',
  CreateEventSourceMapping: 'triggers are checked, not set up',
  UpdateEventSourceMapping: 'triggers are checked, not set up',
  CreateCodeSigningConfig: 'of the account; functions refer to it',
  UpdateCodeSigningConfig: 'of the account; functions refer to it',
  CreateCapacityProvider: 'of the account; functions refer to it',
  UpdateCapacityProvider: 'of the account; functions refer to it',
}

/** Members that the file deliberately does not have. */
const leftOut: Record<string, string> = {
  Publish: 'a version is published once it has code and configuration',
  PublishTo: 'a release publishes numbered versions: an alias has to be able to go back',
  PackageType: 'follows from source or image',
  DryRun: 'lambdactl has its own',
  RevisionId: 'fences what lambdactl read',
  CodeSha256: 'fences what lambdactl uploaded',
  Qualifier: 'is the alias, or the version that is released',
  'FunctionUrlConfig.Qualifier': 'is the alias',
  'FunctionUrlConfig.FunctionName': 'is the function',
  'RuntimeManagementConfig.Qualifier': 'is the version',
  'RuntimeManagementConfig.FunctionName': 'is the function',
  ZipFile: 'lambdactl makes the package',
  S3Bucket: 'artifacts: has the bucket',
  S3Key: 'artifacts: has the prefix',
  S3ObjectVersion: 'the object that was uploaded',
  S3ObjectStorageMode: 'with REFERENCE a version breaks when its object goes; lambdactl hands Lambda a copy',
  ImageUri: 'the file has it as Code.ImageUri, as a creation does',
  'Code.ZipFile': 'lambdactl makes the package',
  'Code.S3Bucket': 'artifacts: has the bucket',
  'Code.S3Key': 'artifacts: has the prefix',
  'Code.S3ObjectVersion': 'the object that was uploaded',
  'Code.S3ObjectStorageMode': 'as S3ObjectStorageMode',
}

const members = [
  ...new Set(
    Object.values(requests).flatMap(({ schema, under }) =>
      leaves(NormalizedSchema.of(schema), under).map((path) => path.join('.')),
    ),
  ),
]

test("each member of AWS's requests is a field of the file by AWS's name, or is left out for a reason", () => {
  expect(members.length).toBeGreaterThan(60)
  expect(members.filter((member) => !isField(member) && !(member in leftOut))).toEqual([])
})

test('what is left out is there in the SDK, and not in the file', () => {
  expect(Object.keys(leftOut).filter((member) => !members.includes(member) || isField(member))).toEqual([])
})

test('each operation of the SDK that sets something is one of these', () => {
  const setting = Object.keys(lambda)
    .filter((name) => /^(Create|Put|Update|Publish)\w+Command$/.test(name) && !name.includes('Layer'))
    .map((name) => name.replace(/Command$/, ''))
  expect(setting.filter((name) => !(name in requests) && !(name in otherOperations))).toEqual([])
  const known = [...Object.keys(requests), ...Object.keys(otherOperations)]
  expect(known.filter((name) => !setting.includes(name))).toEqual([])
})

test("what AWS's answer says of a function is asked for by its requests, or nobody can set it", () => {
  const answered = leaves(NormalizedSchema.of(lambda.FunctionConfiguration$), []).map((path) => path[0] ?? '')
  const asked = new Set(members.map((member) => member.split('.')[0]))
  expect([...new Set(answered)].filter((name) => !asked.has(name) && !readOnly.has(name))).toEqual([])
})

/** Of an answer: what Lambda itself says. */
const readOnly = new Set([
  'FunctionArn',
  'CodeSize',
  'LastModified',
  'Version',
  'MasterArn',
  'State',
  'StateReason',
  'StateReasonCode',
  'LastUpdateStatus',
  'LastUpdateStatusReason',
  'LastUpdateStatusReasonCode',
  'SigningProfileVersionArn',
  'SigningJobArn',
  'ConfigSha256',
  // The image's own settings come under another name.
  'ImageConfigResponse',
  'RuntimeVersionConfig',
])

/** Paths of what holds a value: a list of structures is one of their members. */
function leaves(schema: NormalizedSchema, above: string[]): string[][] {
  if (schema.isListSchema()) return leaves(schema.getValueSchema(), above)
  if (!schema.isStructSchema()) return [above]
  return [...schema.structIterator()].flatMap(([name, member]) => leaves(member, [...above, name]))
}

interface JsonSchema {
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema | boolean
  items?: JsonSchema
  anyOf?: JsonSchema[]
}

function isField(member: string): boolean {
  const { properties = {} } = configJsonSchema() as JsonSchema
  const functions = properties['functions']?.additionalProperties
  if (typeof functions !== 'object') throw new Error('The schema has no functions.')
  let at: JsonSchema | undefined = functions
  for (const name of member.split('.')) at = (at?.items ?? at)?.properties?.[name]
  return at !== undefined
}
