import {
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { eventsOf, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService, type Service } from './service.ts'

const sandbox = useSandbox()

/** Fields of the function beside those that every service has, in YAML's flow style. */
async function withFields(service: Service, fields: string, environment = ''): Promise<void> {
  const name = service.lambdaName.replace(/-hello-test$/, '')
  await service.write({
    'lambdactl.yaml': `service: ${name}
functions:
  hello: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false, ${fields}}
environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"${environment}}
`,
  })
}

const configurationOf = ({ lambdaName }: Service) =>
  sandbox().lambda.send(new GetFunctionConfigurationCommand({ FunctionName: lambdaName }))

test('what a version keeps is created and updated as the file says, and is not touched once it is left out', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  const layer = await sandbox().layer('one')
  await withFields(
    service,
    `tracing: active, ephemeralStorage: 1024, logs: {format: json, level: debug, group: /shop/all}, vpc: {subnets: [subnet-1], securityGroups: [sg-1]}, deadLetter: "arn:aws:sqs:eu-west-1:000000000000:dead", layers: ["${layer}"]`,
  )
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect(await configurationOf(service)).toMatchObject({
    TracingConfig: { Mode: 'Active' },
    EphemeralStorage: { Size: 1024 },
    LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'DEBUG', LogGroup: '/shop/all' },
    VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
    DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:000000000000:dead' },
  })
  expect((await runTo(0, ['deploy', '-e', 'test'], place)).stdout).toContain('nothing to deploy')
  // Fields that are left out have AWS's default again, except those that somebody else may have set up.
  await withFields(service, 'memory: 256')
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect(await configurationOf(service)).toMatchObject({
    MemorySize: 256,
    TracingConfig: { Mode: 'PassThrough' },
    EphemeralStorage: { Size: 512 },
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${service.lambdaName}` },
    VpcConfig: { SubnetIds: ['subnet-1'] },
    DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:000000000000:dead' },
    Layers: [{ Arn: layer }],
  })
  await withFields(service, 'memory: 256, vpc: null, deadLetter: null, layers: []')
  await runTo(0, ['deploy', '-e', 'test'], place)
  const cleared = await configurationOf(service)
  expect(cleared).toMatchObject({ VpcConfig: { SubnetIds: [], SecurityGroupIds: [] } })
  expect(cleared.Layers).toBeUndefined()
  expect(cleared.DeadLetterConfig?.TargetArn ?? '').toBe('')
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1', '2', '3'])
})

const settings = (retention: string) =>
  `logs: {retention: ${retention}}, tags: {team: shop}, retries: 0, onFailure: "arn:aws:sqs:eu-west-1:000000000000:failed", url: {auth: none}, reservedConcurrency: 5`

test('what belongs to no version is applied around the first release', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  const aliasOfIt = { FunctionName: service.lambdaName, Qualifier: 'live' }
  await withFields(service, settings('30d'))
  const first = await runTo(0, ['deploy', '-e', 'test'], place)
  expect(first.stderr).toContain('set logs.retention: no log group → 30d')
  const lambda = sandbox().lambda
  expect(await lambda.send(new GetFunctionEventInvokeConfigCommand(aliasOfIt))).toMatchObject({
    MaximumRetryAttempts: 0,
    MaximumEventAgeInSeconds: 21_600,
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-1:000000000000:failed' } },
  })
  expect(await lambda.send(new GetFunctionUrlConfigCommand(aliasOfIt))).toMatchObject({ AuthType: 'NONE' })
  const { Policy = '' } = await lambda.send(new GetPolicyCommand(aliasOfIt))
  expect(Policy).toContain('lambda:InvokeFunctionUrl')
  const { FunctionArn = '' } = await configurationOf(service)
  expect((await lambda.send(new ListTagsCommand({ Resource: FunctionArn }))).Tags).toEqual({ team: 'shop' })
})

test('a setting of no version is applied alone where nothing else changed', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  await withFields(service, settings('30d'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect((await runTo(0, ['deploy', '-e', 'test'], place)).stdout).toContain('nothing to deploy')
  await withFields(service, settings('7d'))
  const planned = await runTo(0, ['deploy', '-e', 'test', '--dry-run'], place)
  expect(planned.stderr).toContain('would set logs.retention: 30d → 7d')
  expect(planned.stdout).toBe('hello: planned only, nothing was changed\n')
  const events = eventsOf(await runTo(0, ['deploy', '-e', 'test', '--json'], place))
  expect(events.slice(-2)).toMatchObject([
    { event: 'setting', state: 'applied', field: 'logs.retention', from: '30d', to: '7d' },
    { event: 'result', outcome: 'configured', version: '1' },
  ])
})

test('a permission that changes gives the alias another revision, and the release goes on from that', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  await withFields(service, settings('7d'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  await withFields(service, `memory: 256, ${settings('7d').replace('auth: none', 'auth: iam')}`)
  await runTo(0, ['deploy', '-e', 'test'], place)
  await sandbox().expectAlias(service.lambdaName, '2')
  const policy = new GetPolicyCommand({ FunctionName: service.lambdaName, Qualifier: 'live' })
  await expect(sandbox().lambda.send(policy)).rejects.toThrow('does not exist')
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1', '2'])
})

test("AWS's own names are read as ours; a field by both is an error that names both", async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  await withFields(
    service,
    'MemorySize: 320, Timeout: 7, Environment: {Variables: {TABLE: orders}}, TracingConfig: {Mode: Active}',
  )
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect(await configurationOf(service)).toMatchObject({
    MemorySize: 320,
    Timeout: 7,
    Environment: { Variables: { TABLE: 'orders' } },
    TracingConfig: { Mode: 'Active' },
  })
  await withFields(service, 'memory: 320, timeout: 7s, environment: {TABLE: orders}, tracing: active')
  expect((await runTo(0, ['deploy', '-e', 'test'], place)).stdout).toContain('nothing to deploy')
  await withFields(service, 'memory: 320, MemorySize: 320')
  const both = await runTo(2, ['deploy', '-e', 'test'], place)
  expect(both.stderr).toContain(
    'functions.hello.MemorySize: this is the same field as memory. Expected one of the two, got both.',
  )
})

test('lambdactl schema prints the schema of the file, with --json the same', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  const plain = await runTo(0, ['schema'], place)
  expect(JSON.parse(plain.stdout)).toMatchObject({ title: 'lambdactl.yaml' })
  expect((await runTo(0, ['schema', '--json'], place)).stdout).toBe(plain.stdout)
})
