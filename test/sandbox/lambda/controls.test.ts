import {
  CreateFunctionCommand,
  DeleteFunctionCodeSigningConfigCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionCommand,
  GetFunctionRecursionConfigCommand,
  GetRuntimeManagementConfigCommand,
  InvokeCommand,
  ListDurableExecutionsByFunctionCommand,
  PublishVersionCommand,
  PutFunctionCodeSigningConfigCommand,
  PutFunctionRecursionConfigCommand,
  PutRuntimeManagementConfigCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { account, createActive, fault, functionInput, settled, startLambda } from './sandbox.ts'
import { handlerZip } from './zip.ts'

const signing = `arn:aws:lambda:eu-west-1:${account}:code-signing-config:csc-${'a'.repeat(17)}`
const runtime = `arn:aws:lambda:eu-west-1::runtime:${'b'.repeat(64)}`
const shop = { FunctionName: 'shop' }

async function startShop(overrides: Parameters<typeof createActive>[2] = {}) {
  const { client } = await startLambda()
  await createActive(client, 'shop', overrides)
  return client
}

test('recursive loops are terminated until they are allowed', async () => {
  const client = await startShop()
  const read = () => client.send(new GetFunctionRecursionConfigCommand(shop))
  expect(await read()).toMatchObject({ RecursiveLoop: 'Terminate' })
  await client.send(new PutFunctionRecursionConfigCommand({ ...shop, RecursiveLoop: 'Allow' }))
  expect(await read()).toMatchObject({ RecursiveLoop: 'Allow' })
  const wrong = { ...shop, RecursiveLoop: 'InvalidValue' as 'Allow' }
  await expect(client.send(new PutFunctionRecursionConfigCommand(wrong))).rejects.toMatchObject(
    fault(
      'ValidationException',
      400,
      "1 validation error detected: Value 'InvalidValue' at 'recursiveLoop' failed to satisfy constraint: Member must satisfy enum value set: [Terminate, Allow]",
    ),
  )
})

test('code signing comes with the creation, is replaced and taken away', async () => {
  const client = await startShop({ CodeSigningConfigArn: signing })
  const read = async () =>
    (await client.send(new GetFunctionCodeSigningConfigCommand(shop))).CodeSigningConfigArn
  expect(await read()).toBe(signing)
  const other = signing.replace(/.$/, 'b')
  await client.send(new PutFunctionCodeSigningConfigCommand({ ...shop, CodeSigningConfigArn: other }))
  expect(await read()).toBe(other)
  await client.send(new DeleteFunctionCodeSigningConfigCommand(shop))
  expect(await read()).toBeUndefined()
  const wrong = new PutFunctionCodeSigningConfigCommand({ ...shop, CodeSigningConfigArn: 'x' })
  await expect(client.send(wrong)).rejects.toMatchObject({ name: 'ValidationException' })
})

test('runtime updates are kept by version; a runtime version goes with Manual alone', async () => {
  const client = await startShop()
  const { Version = '' } = await client.send(new PublishVersionCommand(shop))
  const of = (Qualifier: string) => client.send(new GetRuntimeManagementConfigCommand({ ...shop, Qualifier }))
  const manual = { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: runtime } as const
  await client.send(new PutRuntimeManagementConfigCommand({ ...shop, Qualifier: Version, ...manual }))
  expect(await of(Version)).toMatchObject(manual)
  expect(await of('$LATEST')).toMatchObject({ UpdateRuntimeOn: 'Auto' })
  for (const wrong of [{ UpdateRuntimeOn: 'Manual' }, { ...manual, UpdateRuntimeOn: 'Auto' }] as const) {
    await expect(
      client.send(new PutRuntimeManagementConfigCommand({ ...shop, ...wrong })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' })
  }
  await expect(of('7')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test("a package's key holds until code comes without, and makes another version", async () => {
  const key = `arn:aws:kms:eu-west-1:${account}:key/a`
  const client = await startShop({ Code: { ZipFile: handlerZip(), SourceKMSKeyArn: key } })
  const read = async (Qualifier?: string) =>
    (await client.send(new GetFunctionCommand({ ...shop, Qualifier }))).Code?.SourceKMSKeyArn
  expect(await read()).toBe(key)
  await client.send(new PublishVersionCommand(shop))
  await client.send(new UpdateFunctionCodeCommand({ ...shop, ZipFile: handlerZip() }))
  await settled(client, 'shop')
  expect(await read()).toBeUndefined()
  expect((await client.send(new PublishVersionCommand(shop))).Version).toBe('2')
  expect(await read('1')).toBe(key)
})

const provider = `arn:aws:lambda:eu-west-1:${account}:capacity-provider:c`
const managed = (members: object) => ({
  LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: provider, ...members },
})

test('what a function is created with can be changed, and has defaults', async () => {
  const client = await startShop({
    DurableConfig: { ExecutionTimeout: 60, KMSKeyArn: 'arn:aws:kms:eu-west-1:1:key/a' },
    CapacityProviderConfig: managed({}),
    TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
    MemorySize: 16_384,
  })
  const read = async () => (await client.send(new GetFunctionCommand(shop))).Configuration
  expect(await read()).toMatchObject({
    DurableConfig: { ExecutionTimeout: 60, RetentionPeriodInDays: 14 },
    CapacityProviderConfig: managed({
      PerExecutionEnvironmentMaxConcurrency: 16,
      ExecutionEnvironmentMemoryGiBPerVCpu: 2,
    }),
    TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
  })
  await client.send(
    new UpdateFunctionConfigurationCommand({
      ...shop,
      MemorySize: 32_768,
      DurableConfig: { RetentionPeriodInDays: 90, KMSKeyArn: '' },
      CapacityProviderConfig: managed({ PerExecutionEnvironmentMaxConcurrency: 4 }),
    }),
  )
  await settled(client, 'shop')
  const { DurableConfig, CapacityProviderConfig } = (await read()) ?? {}
  expect(DurableConfig).toEqual({ ExecutionTimeout: 60, RetentionPeriodInDays: 90 })
  expect(CapacityProviderConfig).toMatchObject(managed({ PerExecutionEnvironmentMaxConcurrency: 4 }))
})

test('what a function was created without, no update gives it', async () => {
  const client = await startShop()
  const update = (change: object) =>
    client.send(new UpdateFunctionConfigurationCommand({ ...shop, ...change }))
  await expect(update({ CapacityProviderConfig: managed({}) })).rejects.toMatchObject(
    fault(
      'InvalidParameterValueException',
      400,
      "CapacityProviderConfig isn't supported for Lambda Default functions.",
    ),
  )
  await expect(update({ DurableConfig: { ExecutionTimeout: 1 } })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  })
  const input = functionInput('other', { DurableConfig: { RetentionPeriodInDays: 1 } })
  await expect(client.send(new CreateFunctionCommand(input))).rejects.toMatchObject(
    fault(
      'InvalidParameterValueException',
      400,
      'You cannot create a function with a durable configuration without an executionTimeout',
    ),
  )
})

test.each([
  [
    'S3FilesConfig',
    {
      FileSystemConfigs: [
        {
          Arn: 'arn:aws:elasticfilesystem:eu-west-1:000000000000:access-point/fsap-0123456789abcdef0',
          LocalMountPath: '/mnt/a',
          S3FilesConfig: {},
        },
      ],
    },
  ],
  ['memorySize', { MemorySize: 32_769, CapacityProviderConfig: managed({}) }],
  ['MemorySize', { MemorySize: 10_241 }],
  ['executionTimeout', { DurableConfig: { ExecutionTimeout: 31_622_401 } }],
  [
    'perExecutionEnvironmentMaxConcurrency',
    { CapacityProviderConfig: managed({ PerExecutionEnvironmentMaxConcurrency: 1601 }) },
  ],
  ['tenantIsolationMode', { TenancyConfig: { TenantIsolationMode: 'SHARED' as 'PER_TENANT' } }],
])('a creation is refused by its %s', async (field, settings) => {
  const { client } = await startLambda()
  const input = functionInput('shop', settings)
  await expect(client.send(new CreateFunctionCommand(input))).rejects.toThrow(field)
})

test('a durable function is kept, and never run as a plain one', async () => {
  const { client, executor } = await startLambda()
  await createActive(client, 'shop', { DurableConfig: { ExecutionTimeout: 60 } })
  for (const InvocationType of ['RequestResponse', 'Event'] as const) {
    await expect(client.send(new InvokeCommand({ ...shop, InvocationType }))).rejects.toMatchObject(
      fault('NotImplemented', 501, /^The sandbox does not run durable functions, such as shop\./),
    )
  }
  expect(executor.invocations).toEqual([])
  const listed = await client.send(new ListDurableExecutionsByFunctionCommand(shop))
  expect(listed.DurableExecutions).toEqual([])
  await expect(
    client.send(new ListDurableExecutionsByFunctionCommand({ FunctionName: 'nobody' })),
  ).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})
