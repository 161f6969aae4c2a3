import { ListMetricsCommand } from '@aws-sdk/client-cloudwatch'
import { CreateAliasCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import {
  alarmStates,
  invoke,
  nodeHandler,
  publishFirst,
  publishNext,
  putAlarm,
  type RunningSandbox,
  runSandbox,
} from './running-sandbox.ts'

/** An alias with a share of its traffic on version 2. */
async function splitTraffic(running: RunningSandbox, name: string, share: number): Promise<void> {
  await running.lambda.send(
    new CreateAliasCommand({
      FunctionName: name,
      Name: 'live',
      FunctionVersion: '1',
      RoutingConfig: { AdditionalVersionWeights: { '2': share } },
    }),
  )
}

/** Runs `count` pieces of work, a few at a time. */
async function inParallel(count: number, atOnce: number, work: () => Promise<void>): Promise<void> {
  let left = count
  const worker = async () => {
    while (left > 0) {
      left -= 1
      await work()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

test('2,000 invocations of real handlers through a 90/10 alias land within 3 points of 10%', async () => {
  const running = await runSandbox()
  await publishFirst(running, 'split', nodeHandler('"one"'))
  await publishNext(running, 'split', nodeHandler('"two"'))
  await splitTraffic(running, 'split', 0.1)
  const counts = new Map<unknown, number>()
  await inParallel(2000, 4, async () => {
    const { payload, error, version } = await invoke(running, 'split', 'live')
    expect({ payload, error }).toEqual({ payload: version === '1' ? 'one' : 'two', error: undefined })
    counts.set(payload, (counts.get(payload) ?? 0) + 1)
  })
  expect((counts.get('one') ?? 0) + (counts.get('two') ?? 0)).toBe(2000)
  // Three points are 4.5 standard deviations of 2,000 draws at 10%.
  expect(Math.abs((counts.get('two') ?? 0) - 200)).toBeLessThanOrEqual(60)
})

test("a failing version's alarm goes to ALARM from its own metrics, one that is well stays OK", async () => {
  const running = await runSandbox()
  await publishFirst(running, 'failing', nodeHandler('"one"'))
  await publishNext(running, 'failing', [
    { name: 'index.mjs', content: `export const handler = async () => { throw new Error('no price') }\n` },
  ])
  await splitTraffic(running, 'failing', 0.5)
  for (const version of ['1', '2']) {
    const dimensions = { FunctionName: 'failing', Resource: 'failing:live', ExecutedVersion: version }
    await putAlarm(running, {
      AlarmName: `errors-of-${version}`,
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    })
  }
  const states = () => alarmStates(running)
  const seen = new Set<unknown>()
  while (seen.size < 2) {
    const { version, error } = await invoke(running, 'failing', 'live')
    expect(error).toBe(version === '2' ? 'Unhandled' : undefined)
    seen.add(version)
  }
  await expect.poll(states, { timeout: 10_000 }).toEqual(['errors-of-1 OK', 'errors-of-2 ALARM'])
  const { Metrics = [] } = await running.cloudWatch.send(
    new ListMetricsCommand({ Namespace: 'AWS/Lambda', MetricName: 'Errors' }),
  )
  const versions = Metrics.flatMap(({ Dimensions = [] }) => Dimensions)
    .filter(({ Name }) => Name === 'ExecutedVersion')
    .map(({ Value }) => Value)
  expect(new Set(versions)).toEqual(new Set(['1', '2']))
})
