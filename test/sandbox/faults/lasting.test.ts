import { GetMetricStatisticsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import {
  GetProvisionedConcurrencyConfigCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import {
  alarmStates,
  invoke,
  nodeHandler,
  publishFirst,
  putAlarm,
  type RunningSandbox,
  runSandbox,
} from '../end-to-end/running-sandbox.ts'

const group = '/aws/lambda/shop'
const patiently = { timeout: 20_000 }

/** The lines of the handler itself. */
async function lines({ logs }: RunningSandbox): Promise<string[]> {
  const input = { logGroupName: group, filterPattern: 'said' }
  const { events = [] } = await logs.send(new FilterLogEventsCommand(input))
  return events.map(({ message = '' }) => message.replace(/^.*said/s, 'said').trim())
}

/** Puts a value now, and reads the sum of the last minutes. */
async function sumAfterPut(
  { cloudWatch }: RunningSandbox,
  FunctionName?: string,
): Promise<number | undefined> {
  const Dimensions = FunctionName === undefined ? [] : [{ Name: 'FunctionName', Value: FunctionName }]
  const metric = { Namespace: 'Shop', MetricName: 'Refused', Dimensions }
  const MetricData = [{ MetricName: 'Refused', Dimensions, Value: 1 }]
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData }))
  const span = { StartTime: new Date(Date.now() - 3_600_000), EndTime: new Date(Date.now() + 60_000) }
  const input = { ...metric, ...span, Period: 7200, Statistics: ['Sum' as const] }
  const { Datapoints = [] } = await cloudWatch.send(new GetMetricStatisticsCommand(input))
  return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0)
}

const staying =
  'console.log("said " + event.word), event.word === "stay" ? new Promise((go) => setTimeout(go, 60_000)) : process.pid'

function isAlive(pid: unknown): boolean {
  try {
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}

test('kill ends busy environments at once, which counts, and free ones, which does not', async () => {
  const running = await runSandbox()
  const { faults } = running.sandbox
  await publishFirst(running, 'shop', nodeHandler(staying), { Timeout: 60 })
  const stays = invoke(running, 'shop', '1', { word: 'stay' })
  await expect.poll(() => lines(running), patiently).toEqual(['said stay'])
  const free = await invoke(running, 'shop', '1', { word: 'free' })
  faults.add({ kind: 'kill', target: 'shop:1', times: 1 })
  expect((await stays).payload).toMatchObject({ errorType: 'Runtime.ExitError' })
  expect(faults.list()).toEqual([])
  await expect.poll(() => isAlive(free.payload), patiently).toBe(false)
  expect((await invoke(running, 'shop', '1', { word: 'next' })).error).toBeUndefined()
})

test('environments are killed, logs and metrics are late, and all is well after that', async () => {
  const running = await runSandbox()
  const { faults } = running.sandbox
  await publishFirst(running, 'shop', nodeHandler('console.log("said " + event.word) ?? process.pid'))
  const first = await invoke(running, 'shop', '1', { word: 'one' })
  await expect.poll(() => lines(running), patiently).toEqual(['said one'])

  faults.add({ kind: 'kill', target: 'shop:2', times: 1 })
  expect(await invoke(running, 'shop', '1', { word: 'two' })).toEqual(first)
  faults.add({ kind: 'kill', target: 'shop:1', times: 1 })
  const killed = await invoke(running, 'shop', '1')
  expect(killed).toMatchObject({ error: 'Unhandled', payload: { errorType: 'Runtime.ExitError' } })
  expect(JSON.stringify(killed.payload)).toContain('signal: killed')
  const next = await invoke(running, 'shop', '1', { word: 'three' })
  expect(next.payload).not.toEqual(first.payload)
  await expect.poll(async () => (await lines(running)).at(-1), patiently).toBe('said three')

  faults.add({ kind: 'late-logs', target: '/aws/lambda/*', byMs: 60_000 })
  await invoke(running, 'shop', '1', { word: 'four' })
  expect((await lines(running)).at(-1)).toBe('said three')
  expect(await sumAfterPut(running)).toBe(1)
  faults.add({ kind: 'late-metrics', target: 'Shop:Refused', byMs: 60_000 })
  expect(await sumAfterPut(running)).toBe(1)
  faults.clear()
  expect((await lines(running)).at(-1)).toBe('said four')
  expect(await sumAfterPut(running)).toBe(3)

  faults.add({ kind: 'late-metrics', target: 'Shop', on: 'cart', byMs: 60_000 })
  expect(await sumAfterPut(running)).toBe(4)
  expect(await sumAfterPut(running, 'shop')).toBe(1)
  expect(await sumAfterPut(running, 'cart')).toBe(0)
})

test('provisioned concurrency fails to initialise while the fault says so', async () => {
  const running = await runSandbox()
  await publishFirst(running, 'warm', nodeHandler('1'))
  const version = { FunctionName: 'warm', Qualifier: '1' }
  const put = () =>
    running.lambda.send(
      new PutProvisionedConcurrencyConfigCommand({ ...version, ProvisionedConcurrentExecutions: 2 }),
    )
  const status = async () => {
    const found = await running.lambda.send(new GetProvisionedConcurrencyConfigCommand(version))
    return [found.Status, found.StatusReason]
  }
  running.sandbox.faults.add({ kind: 'fail-provisioning', target: 'warm:1', times: 1 })
  await put()
  await expect.poll(status, patiently).toEqual(['FAILED', 'FUNCTION_ERROR_INIT_FAILURE'])
  expect((await invoke(running, 'warm', '1')).payload).toBe(1)
  await put()
  await expect.poll(status, patiently).toEqual(['READY', undefined])
})

test('a frozen alarm keeps its state while others are evaluated', async () => {
  const running = await runSandbox()
  const { faults } = running.sandbox
  const alarm = (AlarmName: string) =>
    putAlarm(running, { AlarmName, Namespace: 'Shop', MetricName: 'Refused' })
  const states = () => alarmStates(running)
  const fault = faults.add({ kind: 'freeze-alarms', target: 'shop-*' })
  await alarm('shop-frozen')
  await alarm('well')
  await expect.poll(states, patiently).toEqual(['shop-frozen INSUFFICIENT_DATA', 'well OK'])
  faults.clear(fault.id)
  await expect.poll(states, patiently).toEqual(['shop-frozen OK', 'well OK'])
})
