import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  GetFunctionCodeSigningConfigCommand,
  GetFunctionCommand,
  GetFunctionRecursionConfigCommand,
  GetRuntimeManagementConfigCommand,
  TagResourceCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ForeignFunction } from './adopted.ts'
import { eventsOf, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service, temporaryFolder } from './service.ts'

const sandbox = useSandbox()

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:000000000000:${rest}`
const keys = {
  data: arn('kms', 'key/data'),
  code: arn('kms', 'key/code'),
  durable: arn('kms', 'key/durable'),
}
const files = arn('s3files', `file-system/fs-${'a'.repeat(17)}/access-point/fsap-${'a'.repeat(17)}`)
const provider = arn('lambda', 'capacity-provider:fleet')
const signing = arn('lambda', `code-signing-config:csc-${'a'.repeat(17)}`)
const runtime = `arn:aws:lambda:eu-west-1::runtime:${'a'.repeat(64)}`

const deploy = ['deploy', '-e', 'test']

/** Fields of the function beside those that every service has, in YAML's flow style. */
async function withFields(service: Service, fields: string): Promise<void> {
  const name = service.lambdaName.replace(/-hello-test$/, '')
  await service.write({
    'lambdactl.yaml': `service: ${name}
functions:
  hello: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false, ${fields}}
environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"}
`,
  })
}

async function deployedWith(fields: string) {
  const service = await makeService()
  const place = sandbox().place(service)
  await withFields(service, fields)
  await runTo(0, deploy, place)
  return { service, place }
}

const functionOf = ({ lambdaName: FunctionName }: Service, Qualifier?: string) =>
  sandbox().lambda.send(new GetFunctionCommand({ FunctionName, Qualifier }))

const unchanged = 'nothing to deploy'

const versioned = (timeout: string) =>
  `sourceKmsKey: "${keys.code}", fileSystems: [{arn: "${files}", path: /mnt/f, directRead: disabled}],
     durable: {timeout: ${timeout}, kmsKey: "${keys.durable}"}, tenancy: per-tenant, memory: 16384,
     capacityProvider: {arn: "${provider}", memoryPerCpu: 4}`

test('what a function has from its creation on is created, compared and updated', async () => {
  const { service, place } = await deployedWith(versioned('24h'))
  const created = await functionOf(service, 'live')
  expect(created.Code?.SourceKMSKeyArn).toBe(keys.code)
  const providerConfig = {
    CapacityProviderArn: provider,
    PerExecutionEnvironmentMaxConcurrency: 16,
    ExecutionEnvironmentMemoryGiBPerVCpu: 4,
  }
  expect(created.Configuration).toMatchObject({
    MemorySize: 16_384,
    FileSystemConfigs: [{ Arn: files, S3FilesConfig: { DirectS3Read: 'DISABLED' } }],
    DurableConfig: { ExecutionTimeout: 86_400, RetentionPeriodInDays: 14, KMSKeyArn: keys.durable },
    CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: providerConfig },
    TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
    LoggingConfig: { LogFormat: 'JSON' },
  })
  expect((await runTo(0, deploy, place)).stdout).toContain(unchanged)

  await withFields(service, versioned('48h'))
  const diff = await runTo(0, ['diff', '-e', 'test'], place)
  expect(diff.stdout).toContain(
    `~ durable timeout 24h, retention 14d, key ${keys.durable} → timeout 48h, retention 14d, key ${keys.durable}`,
  )
  await runTo(0, deploy, place)
  expect((await functionOf(service, 'live')).Configuration).toMatchObject({
    DurableConfig: { ExecutionTimeout: 172_800, RetentionPeriodInDays: 14, KMSKeyArn: keys.durable },
    CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: providerConfig },
  })
  expect((await runTo(0, deploy, place)).stdout).toContain(unchanged)

  // Left out: as it is, the key of the package also while other code is uploaded.
  await withFields(service, 'memory: 16384, capacityProvider: {arn: "x:y"}'.replace('x:y', provider))
  await service.writeHandler(answering('two'))
  await runTo(0, deploy, place)
  const left = await functionOf(service, 'live')
  expect(left.Code?.SourceKMSKeyArn).toBe(keys.code)
  expect(left.Configuration).toMatchObject({
    FileSystemConfigs: [{ Arn: files }],
    DurableConfig: { ExecutionTimeout: 172_800 },
    TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
  })
  await withFields(service, `memory: 16384, capacityProvider: {arn: "${provider}"}, sourceKmsKey: null`)
  await runTo(0, deploy, place)
  expect((await functionOf(service, 'live')).Code?.SourceKMSKeyArn).toBeUndefined()
  expect((await runTo(0, deploy, place)).stdout).toContain(unchanged)
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1', '2', '3', '4'])
})

test.each([
  ['durable', 'durable: {timeout: 1h}', 'is not a durable function, and durable asks for it to be'],
  ['capacityProvider', `capacityProvider: {arn: "${provider}"}`, 'is not one on managed instances'],
  ['tenancy', 'tenancy: per-tenant', 'is not one with environments of their own for tenants'],
])(
  '%s that a function was created without is refused before any change: exit 2',
  async (field, fields, expected) => {
    const { service, place } = await deployedWith('memory: 128')
    await withFields(service, fields)
    await service.writeHandler(answering('two'))
    const before = (await functionOf(service)).Configuration?.RevisionId
    for (const verb of [deploy, [...deploy, '--dry-run']]) {
      const refused = await runTo(2, verb, place)
      expect(refused.stderr).toContain(`The function ${service.lambdaName} ${expected}`)
      expect(refused.stderr).toContain('functions.hello.name, so that a new function is created')
      expect(refused.stderr).toContain(`Or remove ${field} from lambdactl.yaml`)
    }
    const diff = await runTo(0, ['diff', '-e', 'test'], place)
    expect(diff.stderr).toContain(`A deploy would be refused: The function ${service.lambdaName} ${expected}`)
    expect((await functionOf(service)).Configuration?.RevisionId).toBe(before)
  },
)

test('what a function was created with is not taken away, and said', async () => {
  const { service, place } = await deployedWith('durable: {timeout: 1h}, tenancy: per-tenant')
  await withFields(service, 'durable: null')
  expect((await runTo(2, deploy, place)).stderr).toContain(
    'is a durable function, and durable asks for it not to be',
  )
  await withFields(service, 'tenancy: none')
  expect((await runTo(2, deploy, place)).stderr).toContain('and tenancy asks for it not to be')
})

test('a setting that somebody changed by hand is drift, by its name', async () => {
  const { service, place } = await deployedWith('durable: {timeout: 1h}')
  const FunctionName = service.lambdaName
  const byHand = { FunctionName, DurableConfig: { ExecutionTimeout: 60, RetentionPeriodInDays: 2 } }
  await sandbox().lambda.send(new UpdateFunctionConfigurationCommand(byHand))
  await waitUntilFunctionUpdatedV2({ client: sandbox().lambda, maxWaitTime: 20 }, { FunctionName })
  const diff = await runTo(0, ['diff', '-e', 'test'], place)
  expect(diff.stdout).toContain('drift: $LATEST differs from version 1')
  expect(diff.stdout).toContain('durable timeout 1h, retention 14d → timeout 1m, retention 2d')
})

test('a setting of no version that somebody changed since it was applied is marked as such', async () => {
  const { service, place } = await deployedWith('tags: {team: shop}')
  const { FunctionArn: Resource } = (await functionOf(service)).Configuration ?? {}
  await sandbox().lambda.send(new TagResourceCommand({ Resource, Tags: { team: 'ops' } }))
  const diff = await runTo(0, ['diff', '-e', 'test'], place)
  expect(diff.stdout).toContain(
    '~ tags team=ops → team=shop (belongs to no version)  changed by hand, a deploy overwrites it',
  )
  await withFields(service, 'tags: {team: web}')
  const edited = await runTo(0, ['diff', '-e', 'test'], place)
  expect(edited.stdout).toContain('~ tags team=ops → team=web (belongs to no version)\n')
})

const attachments = `recursion: allow, codeSigning: "${signing}", runtimeUpdates: {on: manual, version: "${runtime}"}`

async function controlsOf({ lambdaName: FunctionName }: Service, Qualifier: string) {
  const { lambda } = sandbox()
  const { RecursiveLoop } = await lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName }))
  const { CodeSigningConfigArn } = await lambda.send(
    new GetFunctionCodeSigningConfigCommand({ FunctionName }),
  )
  const { UpdateRuntimeOn, RuntimeVersionArn } = await lambda.send(
    new GetRuntimeManagementConfigCommand({ FunctionName, Qualifier }),
  )
  return [RecursiveLoop, CodeSigningConfigArn, UpdateRuntimeOn, RuntimeVersionArn ?? undefined]
}

test('recursive loops, code signing and runtime updates are set with the first release and compared', async () => {
  const { service, place } = await deployedWith(attachments)
  const set = ['Allow', signing, 'Manual', runtime]
  expect(await controlsOf(service, '1')).toEqual(set)
  expect(await controlsOf(service, '$LATEST')).toEqual(set)
  expect((await runTo(0, deploy, place)).stdout).toContain(unchanged)

  await withFields(service, 'recursion: terminate, codeSigning: null, runtimeUpdates: {on: function-update}')
  const diff = await runTo(0, ['diff', '-e', 'test'], place)
  expect(diff.stdout).toContain('recursion allow → terminate (belongs to no version)')
  const configured = eventsOf(await runTo(0, [...deploy, '--json'], place))
  expect(configured.filter(({ event }) => event === 'setting').map(({ field, to }) => [field, to])).toEqual([
    ['recursion', 'terminate'],
    ['codeSigning', 'none'],
    ['runtimeUpdates', 'function-update'],
  ])
  expect(configured.at(-1)).toMatchObject({ event: 'result', outcome: 'configured', version: '1' })
  expect(await controlsOf(service, '1')).toEqual(['Terminate', undefined, 'FunctionUpdate', undefined])
  expect((await runTo(0, deploy, place)).stdout).toContain(unchanged)
})

test('a release gives runtime updates to the new version, and leaves the one that it replaces as it was', async () => {
  const { service, place } = await deployedWith('memory: 128')
  await withFields(service, `memory: 128, ${attachments}`)
  await service.writeHandler(answering('two'))
  const released = await runTo(0, deploy, place)
  expect(released.stderr).toMatch(/set codeSigning: none → \S+\n(?:.*\n)*.*updated the code/)
  expect((await controlsOf(service, '2')).slice(2)).toEqual(['Manual', runtime])
  expect((await controlsOf(service, '1')).slice(2)).toEqual(['Auto', undefined])
  await runTo(0, ['rollback', 'hello', '-e', 'test'], place)
  expect((await controlsOf(service, '1')).slice(2)).toEqual(['Auto', undefined])
})

test('a function with all of it is taken on, and a deploy of it has nothing to do', async () => {
  const handler = { name: 'index.mjs', content: 'export const handler = async () => 1\n' }
  const foreign = await new ForeignFunction(sandbox(), 'legacy-durable').create([handler], {
    DurableConfig: { ExecutionTimeout: 5400, RetentionPeriodInDays: 7, KMSKeyArn: keys.durable },
    TenancyConfig: { TenantIsolationMode: 'PER_TENANT' },
    FileSystemConfigs: [{ Arn: files, LocalMountPath: '/mnt/f', S3FilesConfig: { DirectS3Read: 'ENABLED' } }],
    CapacityProviderConfig: {
      LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: provider },
    },
  })
  await foreign.alias('live', await foreign.publish())
  const place = sandbox().place({ folder: await temporaryFolder() }, { AWS_REGION: 'eu-west-1' })
  await runTo(0, ['init', '--from', foreign.name, '--env', 'prod'], place)
  expect(parse(await readFile(join(place.cwd, 'lambdactl.yaml'), 'utf8'))).toMatchObject({
    functions: {
      'legacy-durable': {
        durable: { timeout: '1h30m', retention: '7d', kmsKey: keys.durable },
        tenancy: 'per-tenant',
        capacityProvider: { arn: provider, concurrency: 16, memoryPerCpu: 2 },
        fileSystems: [{ arn: files, path: '/mnt/f', directRead: 'enabled' }],
      },
    },
  })
  expect((await runTo(0, ['deploy', '-e', 'prod'], place)).stdout).toContain(unchanged)
  expect((await runTo(0, ['diff', '-e', 'prod', '--exit-code'], place)).stdout).toContain(
    'the same as version 1',
  )
})
