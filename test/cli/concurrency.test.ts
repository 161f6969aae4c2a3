import { InvokeCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, crashingInLambda, makeService } from './service.ts'

const sandbox = useSandbox()

test('0 reserved throttles every invocation with 429, none removes the reservation, show tells', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const request = new InvokeCommand({ FunctionName: service.lambdaName, Qualifier: 'live' })
  const reserve = (amount: string) =>
    runTo(0, ['concurrency', 'reserve', 'hello', amount, '-e', 'test'], place)
  expect((await reserve('0')).stdout).toContain('reserved     0 (every invocation is throttled)')
  await expect(sandbox().lambda.send(request)).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    $metadata: { httpStatusCode: 429 },
  })
  expect((await reserve('none')).stdout).toContain('reserved     none')
  expect(await sandbox().lambda.send(request)).toMatchObject({ StatusCode: 200 })
  await reserve('5')
  const shown = await runTo(0, ['concurrency', 'show', 'hello', '-e', 'test', '--json'], place)
  expect(JSON.parse(shown.stdout)).toMatchObject({
    functions: [{ reserved: 5, provisioned: [], takes: 5 }],
    account: { unreserved: 995 },
  })
  const refused = await runTo(2, ['concurrency', 'reserve', 'hello', '950', '-e', 'test'], place)
  expect(refused.stderr).toContain('concurrency reserve hello --env test 900')
  const undone = await runTo(0, ['concurrency', 'reserve', 'hello', '7', '-e', 'test', '--dry-run'], place)
  expect(undone.stdout).toContain('reserved: 5 → 7 (nothing was changed)')

  // One that can't be read is named beside the other, which is not deployed, and its error is the exit code.
  sandbox().leaveKey(place)
  const other = 'other: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false}'
  await service.writeFunction(other)
  const fault = ['sandbox', 'fault', 'error', 'GetFunctionConcurrency', '--on', service.lambdaName]
  await runTo(0, fault, place)
  const both = await run(['concurrency', 'show', '-e', 'test'], place)
  await runTo(0, ['sandbox', 'fault', 'clear'], place)
  expect(both.exitCode).toBe(75)
  expect(both.stdout).toMatch(/other .* does not exist here/)
  expect(both.stdout).toMatch(/unread +the function hello: /)
})

test('a function with 0 reserved is stopped by hand, and everything that meets it says how to start it', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  await runTo(0, ['concurrency', 'reserve', 'hello', '0', '-e', 'test'], place)
  const start = /To start it again .*: lambdactl concurrency reserve hello --env test none$/m
  const invoked = await runTo(6, ['invoke', 'hello', '-e', 'test'], place)
  expect(invoked.stderr).toMatch(
    /Error: Could not invoke \S+:live: it is stopped by hand \(its reserved .* is 0\)\./,
  )
  expect(invoked.stderr).toMatch(start)
  const status = await runTo(0, ['status', '-e', 'test'], place)
  expect(status.stdout).toContain('stopped by hand: its reserved concurrency is 0')
  expect(status.stdout).toMatch(start)
  const back = await runTo(0, ['rollback', 'hello', '-e', 'test'], place)
  expect(back.stderr).toMatch(/warning: \S+ is stopped by hand: .*To start it again /)
  await runTo(0, ['concurrency', 'reserve', 'hello', '-e', 'test', 'none'], place)
  const started = await runTo(0, ['status', '-e', 'test'], place)
  expect(started.stdout).not.toContain('stopped')
  await runTo(0, ['invoke', 'hello', '-e', 'test'], place)
})

test('stop takes the concurrency away, all who meet it learn why, and start puts it back', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const on = ['hello', '-e', 'test']
  await runTo(0, ['concurrency', 'reserve', 'hello', '5', '-e', 'test'], place)
  await runTo(0, ['concurrency', 'provision', 'hello', '2', '-e', 'test'], place)
  const stopped = await runTo(0, ['concurrency', 'stop', ...on, '--reason', 'it loops'], place)
  expect(stopped.stdout).toContain('before: 5 reserved, 2 provisioned on version 1')
  expect(stopped.stdout).toContain('→ to start it again: lambdactl concurrency start hello --env test')
  const again = await runTo(0, ['concurrency', 'stop', ...on, '--reason', 'no', '--json'], place)
  expect(JSON.parse(again.stdout)).toMatchObject({
    outcome: 'was-stopped',
    stop: { reason: 'it loops', before: { reserved: 5, provisioned: [{ qualifier: '1', amount: 2 }] } },
  })
  const invoked = await runTo(6, ['invoke', ...on], place)
  expect(invoked.stderr).toMatch(/It was stopped by \S+ at \S+ \S+Z: it loops/)
  expect(invoked.stderr).toMatch(/→ .*lambdactl concurrency start hello --env test$/m)
  const status = await runTo(0, ['status', '-e', 'test'], place)
  expect(status.stdout).toMatch(/stopped by \S+ at \S+ \S+Z: it loops/)
  await runTo(0, ['concurrency', 'start', ...on], place)
  const shown = await runTo(0, ['concurrency', 'show', ...on, '--json'], place)
  expect(JSON.parse(shown.stdout)).toMatchObject({
    functions: [{ reserved: 5, provisioned: [{ qualifier: '1', requested: 2, status: 'READY' }] }],
  })
  await runTo(0, ['invoke', ...on], place)
  const idle = await runTo(0, ['concurrency', 'start', ...on], place)
  expect(idle.stdout).toContain('is not stopped: nothing to do')
})

test('provisioned environments are warm, and none removes them', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const provision = (amount: string) =>
    runTo(0, ['concurrency', 'provision', 'hello', amount, '-e', 'test'], place)
  const provisioned = await provision('2')
  expect(provisioned.stdout).toContain('provisioned  2 of 2 ready on version 1, READY')
  expect(provisioned.stderr).toContain('2 of 2 environments of version 1 ready')
  const invoked = await runTo(0, ['invoke', 'hello', '-e', 'test'], place)
  expect(invoked.stderr).toContain('REPORT RequestId')
  expect(invoked.stderr).not.toContain('Init Duration')
  const shown = await runTo(0, ['concurrency', 'show', 'hello', '-e', 'test', '--json'], place)
  expect(JSON.parse(shown.stdout)).toMatchObject({
    functions: [{ peak: 1, throttles: 0, takes: 2, provisioned: [{ utilization: 0.5 }] }],
    unread: [],
  })
  const advised = await runTo(0, ['concurrency', 'recommend', 'hello', '-e', 'test'], place)
  expect(advised.stdout).toContain('lambdactl concurrency reserve hello --env test 2')
  expect(advised.stdout).toMatch(/2 provisioned +100% warm +\$\d+\.\d\d a month/)
  expect((await provision('none')).stdout).toContain('provisioned  none')
})

test("a version whose start fails cannot be provisioned: exit 6 with AWS's reason", async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(`${crashingInLambda}\nexport const handler = async () => 1\n`)
  await runTo(6, ['deploy', '-e', 'test'], place)
  const args = ['concurrency', 'provision', 'hello', '1', '--version', '2', '-e', 'test']
  const failed = await runTo(6, args, place)
  expect(failed.stderr).toContain('FUNCTION_ERROR_INIT_FAILURE')
  await sandbox().expectAlias(service.lambdaName, '1')
})

test('an amount that is no whole number is refused', async () => {
  const service = await makeService()
  for (const amount of ['-1', '1.5', 'many', '']) {
    const args = ['concurrency', 'reserve', 'hello', '-e', 'test', '--', amount]
    const refused = await runTo(2, args, sandbox().place(service))
    expect(refused.stderr).toContain('Expected a whole number or none as the amount')
  }
  const none = await runTo(
    2,
    ['concurrency', 'provision', 'hello', '0', '-e', 'test'],
    sandbox().place(service),
  )
  expect(none.stderr).toContain(
    'Expected an amount of at least 1, got 0.\n  → To remove the amount, write none',
  )
})

test('autoscale moves the environments to the alias, and a release hands them back with a warning', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const autoscale = ['concurrency', 'autoscale', 'hello', '-e', 'test']
  await runTo(0, ['concurrency', 'provision', 'hello', '1', '-e', 'test'], place)
  const scaled = await runTo(
    0,
    [...autoscale, '--min', '2', '--max', '4', '--schedule', 'morning 3-4 cron(0 7 ? * MON-FRI *)'],
    place,
  )
  expect(scaled.stdout).toContain('now: 2 to 4 environments, 70% busy, lambdactl-morning 3-4 by cron')
  expect(scaled.stdout).toContain('live gets 2 environments from version 1, which gives up 1')
  const again = await runTo(0, [...autoscale, '--min', '1', '--max', '4', '--json'], place)
  expect(JSON.parse(again.stdout)).toMatchObject({ after: { min: 1, max: 4, schedules: [] } })
  await service.writeHandler(answering('two'))
  const released = await runTo(0, ['deploy', '-e', 'test'], place)
  expect(released.stderr).toContain('Application Auto Scaling keeps 1 to 4 environments on live')
  const ended = await runTo(0, [...autoscale, 'none'], place)
  expect(ended.stdout).toContain('live is no longer scaled')
  const refused = await runTo(2, [...autoscale, '--min', '5', '--max', '4'], place)
  expect(refused.stderr).toContain('Expected --min to be at most --max, got 5 and 4.')
})
