import {
  ApplicationAutoScalingClient,
  DeleteScheduledActionCommand,
  PutScheduledActionCommand,
} from '@aws-sdk/client-application-auto-scaling'
import { GetFunctionCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { ForeignFunction } from './adopted.ts'
import { entriesOf, functionsOf, runTo } from './cli.ts'
import { clientSettings, useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()
const destroy = ['destroy', '-e', 'test']
const isThere = (lambdaName: string) =>
  sandbox()
    .lambda.send(new GetFunctionCommand({ FunctionName: lambdaName }))
    .then(
      () => true,
      () => false,
    )

test('destroy lists what goes, asks, takes it away, and can be run again after a failure', {
  timeout: 300_000,
}, async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  sandbox().leaveKey(place)
  await runTo(0, ['invoke', 'hello', '-e', 'test'], place)

  const dry = await runTo(0, [...destroy, '--dry-run'], place)
  expect(dry.stdout).toContain('would be destroyed\n  goes  the function with 1 published version\n')
  expect(dry.stdout).toContain('goes  alias live\n')
  expect(dry.stdout).toMatch(/stays log group \/aws\/lambda\/\S+ \(--logs takes it away\)/)
  const unasked = await runTo(2, destroy, place)
  expect(unasked.stderr).toContain('lambdactl did not destroy 1 function of test')
  expect(await isThere(service.lambdaName)).toBe(true)

  await runTo(0, ['sandbox', 'fault', 'error', 'DeleteLogGroup', '--times', '9'], place)
  const failed = await runTo(75, [...destroy, '--logs', '--yes'], place)
  expect(failed.stderr).toContain('Not everything could be taken away.')
  expect(failed.stdout).toMatch(
    /failed\n {2}went {2}the function .*\n {2}went {2}alias live\n {2}stays log group/,
  )
  await runTo(0, ['sandbox', 'fault', 'clear'], place)
  const again = await runTo(0, [...destroy, '--logs', '--yes', '--json'], place)
  expect(functionsOf(again)).toMatchObject([
    { function: 'hello', state: 'missing', logGroup: { goes: true }, outcome: 'destroyed' },
  ])
  expect((await runTo(0, [...destroy, '--logs', '--yes'], place)).stdout).toContain('not deployed')
  await runTo(0, ['deploy', '-e', 'test'], place)
  const borrowed = `service: billing
functions: { hello: { name: ${service.lambdaName}, source: hello, runtime: nodejs24.x, handler: index.handler } }
environments: { test: { region: eu-west-1, role: "arn:aws:iam::000000000000:role/app" } }
`
  await service.write({ 'lambdactl.yaml': borrowed })
  const others = await runTo(2, [...destroy, '--yes'], place)
  expect(others.stderr).toMatch(/shop\S+ belongs to the service shop/)
  expect(await isThere(service.lambdaName)).toBe(true)
})

test('alarms and scaling that lambdactl made go too, also after a failure, and all of it is on record', {
  timeout: 300_000,
}, async () => {
  const service = await makeService()
  await service.writeField('alarms: {errors: 2}')
  const place = await sandbox().deployFirst(service)
  sandbox().leaveKey(place)
  const { lambdaName } = service
  const alarms = [`${lambdaName}-live-errors`, `${lambdaName}-live-throttles`]
  await runTo(0, ['alarms', 'ensure', '-e', 'test'], place)
  await runTo(0, ['concurrency', 'autoscale', 'hello', '-e', 'test', '--min', '1', '--max', '2'], place)
  const own = { ServiceNamespace: 'lambda', ResourceId: `function:${lambdaName}:live` } as const
  const dimension = { ...own, ScalableDimension: 'lambda:function:ProvisionedConcurrency' } as const
  const scaling = new ApplicationAutoScalingClient(clientSettings(sandbox().url))
  await scaling.send(
    new PutScheduledActionCommand({
      ...dimension,
      ScheduledActionName: 'theirs',
      Schedule: 'rate(1 day)',
      ScalableTargetAction: { MinCapacity: 1 },
    }),
  )
  const shared = functionsOf(await runTo(0, [...destroy, '--dry-run', '--json'], place))
  expect(shared).toMatchObject([
    {
      unread: [],
      own: [{ kind: 'alarms', names: alarms, deleted: false }],
      leftovers: [
        {
          kind: 'scaling',
          names: ['live'],
          takeAway: expect.stringContaining(`--resource-id ${own.ResourceId}`) as unknown,
        },
      ],
    },
  ])
  await scaling.send(new DeleteScheduledActionCommand({ ...dimension, ScheduledActionName: 'theirs' }))

  await runTo(0, ['sandbox', 'fault', 'error', 'DeleteAlarms', '--times', '9'], place)
  const failed = await runTo(75, [...destroy, '--yes'], place)
  expect(failed.stdout).toMatch(
    /failed\n {2}went {2}the function .*\n {2}went {2}alias live\n {2}went {2}the scaling of live\n {2}stays 2 alarms/,
  )
  await runTo(0, ['sandbox', 'fault', 'clear'], place)
  const again = await runTo(0, [...destroy, '--yes'], place)
  expect(again.stdout).toContain(`destroyed\n  went  2 alarms of lambdactl: ${alarms.join(', ')}\n`)
  expect((await runTo(0, destroy, place)).stdout).toContain('not deployed\n')

  const past = await runTo(0, ['history', 'hello', '-e', 'test', '--json'], place)
  expect(entriesOf(past)).toMatchObject([
    { kind: 'destroy', deleted: false, alarms, scaling: [] },
    { kind: 'destroy', deleted: true, alarms: [], scaling: ['live'], failed: expect.any(String) as unknown },
    { kind: 'autoscale', to: { min: 1, max: 2, utilization: 0.7 } },
    { kind: 'ensure', made: alarms, changed: [], removed: [] },
    { kind: 'release', outcome: 'done' },
  ])
})

test('what the file did not make, shares or protects is refused', { timeout: 300_000 }, async () => {
  const service = await makeService()
  const foreign = new ForeignFunction(sandbox(), service.lambdaName)
  await foreign.create([{ name: 'index.mjs', content: answering('theirs') }])
  const place = sandbox().place(service)
  const theirs = await runTo(2, [...destroy, '--yes'], place)
  expect(theirs.stderr).toContain(`Nothing shows that lambdactl made ${service.lambdaName}`)
  expect(theirs.stderr).toContain('lambda delete-function --function-name')

  await service.writeEnvironment('protected: true, account: "000000000000"')
  const isProtected = await runTo(2, [...destroy, '--yes'], place)
  expect(isProtected.stderr).toContain('The environment test is protected')
  const codeOnly = `service: shop
functions: { hello: { manages: code, name: ${service.lambdaName}, source: hello } }
environments: { test: { region: eu-west-1 } }
`
  await service.write({ 'lambdactl.yaml': codeOnly })
  const others = await runTo(2, [...destroy, '--yes'], place)
  expect(others.stderr).toContain('lambdactl.yaml did not make hello')
  expect(await isThere(service.lambdaName)).toBe(true)
})
