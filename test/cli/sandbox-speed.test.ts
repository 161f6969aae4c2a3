import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { InvokeCommand, ListProvisionedConcurrencyConfigsCommand } from '@aws-sdk/client-lambda'
import { expect, test, vi } from 'vitest'
import { parseRecord } from '../../src/release/values/record.ts'
import { eventsOf, expectExit, run, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, failing, makeService } from './service.ts'

/** An hour takes 3.6 seconds. */
const sandbox = useSandbox(1000)
const minute = 60_000

test("an hour's canary with a bake takes seconds, and all its times are the sandbox's", async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const { lambdaName } = service
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${lambdaName}-refused`)
  const steps = ['--steps', '10,50', '--every', '20m', '--bake', '20m', '--alarm', alarm]
  const canary = await runTo(0, ['canary', 'hello', '-e', 'test', ...steps, '--json'], place)
  const events = eventsOf(canary).filter(({ event }) => event !== 'result')
  const times = events.map(({ time }) => Number(time))
  expect(times).toEqual(times.toSorted((one, other) => one - other))
  const [first = 0, second = 0, third = 0] = timesOf(events, 'shifted')
  const [done = 0] = timesOf(events, 'done')
  // A step begins a call of AWS before it is told.
  expect(Math.min(second - first, third - second, done - third)).toBeGreaterThan(10 * minute)
  expect(done - first).toBeGreaterThan(50 * minute)

  const { description } = await sandbox().expectAlias(lambdaName, '2')
  const record = parseRecord(description)
  expect(record?.since).toBeGreaterThan(third + 10 * minute)
  expect(record?.since).toBeLessThanOrEqual(done)
  const { events: entries = [] } = await sandbox().logs.send(
    new FilterLogEventsCommand({
      logGroupName: '/lambdactl/releases',
      logStreamNames: [record?.id ?? ''],
      startTime: first - 10 * minute,
      endTime: done + 10 * minute,
    }),
  )
  expect(entries.filter(({ message }) => message?.includes('"kind":"shifted"'))).toHaveLength(3)

  sandbox().leaveKey(place)
  const traffic = await runTo(0, ['sandbox', 'traffic', lambdaName, '--rate', '20', '--for', '1s'], place)
  expect(traffic.stderr).toContain('1000 times faster: 20 a second are 1.2 in a minute of its time.')
})

test('an alarm on an hour of metrics fires, and rolls the release back', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const { lambdaName } = service
  await sandbox().putAlarm(`${lambdaName}-errors`, {
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [
      { Name: 'FunctionName', Value: lambdaName },
      { Name: 'Resource', Value: `${lambdaName}:live` },
    ],
    Period: 3600,
    TreatMissingData: 'notBreaching',
  })
  await service.writeHandler(failing)
  const steps = ['--steps', '50', '--every', '20h', '--alarm', `${lambdaName}-errors`]
  const canary = start(['canary', 'hello', '-e', 'test', ...steps], place)
  await canary.says(/\(step 1 of 1\)/)
  const request = new InvokeCommand({ FunctionName: lambdaName, Qualifier: 'live' })
  const fired = new AbortController()
  const firing = canary.says(/is in ALARM/).then(() => fired.abort())
  // A failure at the very end of an hour would be gone by the next look.
  while (!fired.signal.aborted) await sandbox().lambda.send(request)
  await firing
  const ended = await canary.ended
  expectExit(ended, 7)
  expect(ended.stderr).toMatch(/is back on version 1: alarm \S+-errors is in ALARM/)
  const { description } = await sandbox().expectAlias(lambdaName, '1')
  expect(parseRecord(description)?.since).toBeGreaterThan(Date.now())
})

/** Answers with the time that is left for it, milliseconds. */
const counting = `export const handler = async ({ name }, context) => {
  console.log('greeting', name)
  return context.getRemainingTimeInMillis()
}
`

test('logs follow the lines of a fast sandbox, each once and at its time, while handlers have real time', async () => {
  const service = await makeService()
  await service.writeHandler(counting)
  const place = await sandbox().deployFirst(service)
  const logs = ['logs', 'hello', '-e', 'test', '--since', '20h', '--json']
  const following = start([...logs, '--exit-on', 'greeting last'], place)
  const names = ['early', 'later', 'last']
  for (const name of names) {
    const event = { FunctionName: service.lambdaName, Payload: JSON.stringify({ name }) }
    const { Payload } = await sandbox().lambda.send(new InvokeCommand(event))
    expect(Number(Payload?.transformToString())).toBeLessThanOrEqual(5000)
    await following.says(new RegExp(`greeting ${name}`))
  }
  const ended = await following.ended
  expectExit(ended, 0)
  const lines = eventsOf(ended).filter(({ message }) => /greeting (?:early|la)/.test(String(message)))
  expect(lines.map(({ message }) => /greeting (\w+)/.exec(String(message))?.[1])).toEqual(names)
  expect(eventsOf(await run([...logs, '--timeout', '20m'], place)).length).toBeGreaterThan(3)
  const [early, , last] = lines.map(({ timestamp }) => Number(timestamp))
  expect((last ?? 0) - (early ?? 0)).toBeGreaterThan(minute)
})

const sleeping = `export const handler = () => new Promise((resolve) => setTimeout(resolve, 20, 'slept'))
`

test('autoscale has a busy alias scaled out by its utilization, and a schedule changes its bounds', async () => {
  const service = await makeService()
  await service.writeHandler(sleeping)
  const place = await sandbox().deployFirst(service)
  const autoscale = ['concurrency', 'autoscale', 'hello', '-e', 'test', '--min', '1', '--max', '3']
  await runTo(0, autoscale, place)
  const provisioned = async () => {
    const listed = await sandbox().lambda.send(
      new ListProvisionedConcurrencyConfigsCommand({ FunctionName: service.lambdaName }),
    )
    return listed.ProvisionedConcurrencyConfigs?.[0]?.RequestedProvisionedConcurrentExecutions
  }
  const request = new InvokeCommand({ FunctionName: service.lambdaName, Qualifier: 'live' })
  await vi.waitFor(async () => {
    await Promise.all([1, 2, 3].map(() => sandbox().lambda.send(request)))
    expect(await provisioned()).toBe(3)
  }, within20s)
  const listed = await runTo(0, ['alarms', 'list', 'hello', '-e', 'test'], place)
  expect(listed.stdout.match(/it scales provisioned environments: that it fires is no fault/g)).toHaveLength(
    2,
  )
  const tested = await runTo(4, ['alarms', 'test', 'hello', '-e', 'test', '--yes'], place)
  expect(tested.stderr).toContain('does not have an alarm, except those of its scaling policies, on')
  await runTo(0, [...autoscale, '--schedule', 'quiet 1-2 cron(* * * * ? *)'], place)
  await vi.waitFor(async () => expect(await provisioned()).toBe(2), within20s)
})

const within20s = { timeout: 20_000, interval: 20 }

test('status tells the speed, faults end by the clock, and a wait for a release gives up by it', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  sandbox().leaveKey(place)
  const { stdout } = await runTo(0, ['sandbox', 'status'], place)
  expect(stdout).toMatch(/\n {2}clock +\d{4}-\S+ \S+, 1000 times faster than real time\n/)
  const set = await runTo(0, ['sandbox', 'fault', 'throttle', 'DeleteAlias', '--for', '100h'], place)
  // An answer that takes long on a busy machine takes minutes of the sandbox's time.
  expect(set.stdout).toMatch(/^1 {2}throttle DeleteAlias {2}\((?:100 h|99 h \d+ min) left, not struck\)\n$/)

  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const canary = ['canary', 'hello', '-e', 'test', '--steps', '50', '--every', '240h', '--alarm', alarm]
  expect((await run([...canary, '--detach'], place)).exitCode).toBe(8)
  const waited = await runTo(8, ['canary', 'wait', 'hello', '-e', 'test', '--timeout', '20m'], place)
  expect(waited.stderr).toContain('lambdactl waited 20 min, and')
})

function timesOf(events: readonly { event: string; [field: string]: unknown }[], kind: string): number[] {
  return events.filter(({ event }) => event === kind).map(({ time }) => Number(time))
}
