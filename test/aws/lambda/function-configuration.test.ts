import { UpdateFunctionConfigurationRequest$ } from '@aws-sdk/client-lambda'
import { NormalizedSchema } from '@smithy/core/schema'
import { expect, test } from 'vitest'
import { toConfiguration, toState } from '../../../src/aws/lambda/function-configuration.ts'
import type { FunctionSettings } from '../../../src/function/settings/settings.ts'

/** A function that has all that there is, also what no function has together. */
const settings: Required<FunctionSettings> = {
  runtime: 'nodejs24.x',
  handler: 'index.handler',
  role: 'arn:aws:iam::123456789012:role/shop',
  memoryMb: 512,
  timeoutSeconds: 10,
  environment: { TABLE: 'orders' },
  architecture: 'arm64',
  logFormat: 'json',
  layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:one:1'],
  description: 'a shop',
  tracing: 'active',
  ephemeralStorageMb: 1024,
  snapStart: true,
  logLevels: { application: 'debug', system: 'warn' },
  logGroup: '/shop/all',
  vpc: { subnets: ['subnet-1'], securityGroups: ['sg-1'], ipv6: true },
  deadLetter: 'arn:aws:sqs:eu-west-1:123456789012:dead',
  fileSystems: [{ arn: 'arn:aws:s3files:x', path: '/mnt/f', directRead: 'disabled' }],
  kmsKey: 'arn:aws:kms:eu-west-1:123456789012:key/a',
  sourceKmsKey: 'arn:aws:kms:eu-west-1:123456789012:key/b',
  durable: {
    timeoutSeconds: 60,
    retentionDays: 7,
    kmsKey: 'arn:aws:kms:eu-west-1:123456789012:key/c',
  },
  capacityProvider: { arn: 'arn:aws:lambda:x:capacity-provider:c', concurrency: 4, memoryGibPerCpu: 2.5 },
  tenancy: 'per-tenant',
  image: { command: ['a.b'], entryPoint: ['/sh'], workingDirectory: '/app' },
}

test("each member of AWS's update is sent, except those that name and fence it", () => {
  const schema = NormalizedSchema.of(UpdateFunctionConfigurationRequest$)
  const sent = leavesOf(schema, toConfiguration('shop', settings))
  const all = [...membersOf(schema, [])]
  expect(all.filter((member) => !sent.includes(member))).toEqual(['FunctionName', 'RevisionId'])
})

test('what AWS answers is read back as it was set', () => {
  const { Layers, ImageConfig, ...rest } = toConfiguration('shop', settings)
  const answer = {
    ...rest,
    Layers: (Layers ?? []).map((Arn) => ({ Arn })),
    Architectures: ['arm64' as const],
    PackageType: 'Image' as const,
    ...(ImageConfig && { ImageConfigResponse: { ImageConfig } }),
    TenancyConfig: { TenantIsolationMode: 'PER_TENANT' as const },
  }
  const state = toState('shop', answer, { SourceKMSKeyArn: settings.sourceKmsKey })
  expect(state.settings).toEqual(settings)
})

test('a function that has nothing of it is read as such', () => {
  expect(toState('shop', { PackageType: 'Zip' }).settings).toMatchObject({
    layers: [],
    vpc: { subnets: [], securityGroups: [], ipv6: false },
    deadLetter: '',
    fileSystems: [],
    kmsKey: '',
    sourceKmsKey: '',
    durable: null,
    capacityProvider: null,
    tenancy: 'none',
  })
})

/** Paths of what holds a value; a list of structures is one of their members. */
function* membersOf(schema: NormalizedSchema, above: string[]): Generator<string> {
  if (schema.isListSchema()) yield* membersOf(schema.getValueSchema(), above)
  else if (!schema.isStructSchema()) yield above.join('.')
  else for (const [name, member] of schema.structIterator()) yield* membersOf(member, [...above, name])
}

/** The members that a value has. */
function leavesOf(schema: NormalizedSchema, value: unknown): string[] {
  return [...membersOf(schema, [])].filter((member) => {
    let at = value
    for (const name of member.split('.')) {
      const of: unknown = Array.isArray(at) ? at[0] : at
      at = typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined
    }
    return at !== undefined
  })
}
