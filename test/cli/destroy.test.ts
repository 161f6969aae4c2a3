import { GetFunctionCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { ForeignFunction } from './adopted.ts'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
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
  timeout: 120_000,
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
  expect(JSON.parse(again.stdout)).toMatchObject([
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

test('alarms and scaling that stay are named with the command that takes them away', {
  timeout: 120_000,
}, async () => {
  const service = await makeService()
  await service.writeField('alarms: {errors: 2}')
  const place = await sandbox().deployFirst(service)
  await runTo(0, ['alarms', 'ensure', '-e', 'test'], place)
  await runTo(0, ['concurrency', 'autoscale', 'hello', '-e', 'test', '--min', '1', '--max', '2'], place)

  const planned: unknown = JSON.parse((await runTo(0, [...destroy, '--dry-run', '--json'], place)).stdout)
  const name = `${service.lambdaName}-live`
  const alarms = [`${name}-errors`, `${name}-throttles`]
  const deletion = `cloudwatch delete-alarms --alarm-names ${alarms.join(' ')}`
  const end = `--resource-id function:${service.lambdaName}:live`
  const holding = (text: string): unknown => expect.stringContaining(text)
  expect(planned).toMatchObject([
    {
      unread: [],
      leftovers: [
        { kind: 'alarms', names: alarms, takeAway: holding(deletion) },
        { kind: 'scaling', names: ['live'], takeAway: holding(end) },
      ],
    },
  ])
  sandbox().leaveKey(place)
  await runTo(0, ['sandbox', 'fault', 'error', 'DescribeScalableTargets'], place)
  const gone = await runTo(0, [...destroy, '--yes'], place)
  expect(gone.stdout).toContain(`stays 2 alarms of lambdactl: ${alarms.join(', ')}\n`)
  expect(gone.stdout).toContain('may stay, could not be read: the scaling: ')
  await runTo(0, ['sandbox', 'fault', 'clear'], place)
  const again = await runTo(0, destroy, place)
  expect(again.stdout).toMatch(
    /not deployed\n(?:.*\n)*? {2}stays 2 alarms(?:.*\n)* {2}stays the scaling of live\n/,
  )
})

test('what the file did not make, shares or protects is refused', { timeout: 120_000 }, async () => {
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
