import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { expect, test } from 'vitest'
import { run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

test('a candidate that takes longer costs more, in cost --release, canary status and status', async () => {
  const service = await makeService()
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  await service.writeRelease(`alarms: [${alarm}], steps: [10], every: 300s`)
  const place = await sandbox().deployFirst(service)
  const on = ['hello', '-e', 'test']
  const none = await runTo(4, ['cost', ...on, '--release'], place)
  expect(none.stderr).toMatch(/has no release of live with two versions[^]*lambdactl status hello --env test/)
  await service.writeHandler(answering('two'))
  expect((await run(['canary', ...on, '--detach'], place)).exitCode).toBe(8)
  const unseen = await runTo(0, ['cost', ...on, '--release', '--json'], place)
  const { candidate } = JSON.parse(unseen.stdout) as { candidate: object }
  expect(candidate).not.toHaveProperty('dollarsPerMillion')
  await count(service.lambdaName, '2', 10, 400)
  await count(service.lambdaName, '1', 90, 200)
  const { stdout } = await runTo(0, ['cost', ...on, '--release', '--json'], place)
  const found = JSON.parse(stdout) as Record<string, Record<string, unknown>>
  expect(found).toMatchObject({
    candidate: { version: '2', memoryMb: 128, minutes: 20, invocations: 200, meanMs: 400 },
    stable: { version: '1', minutes: 20, invocations: 1800, meanMs: 200 },
    ratio: { minutes: 20 },
  })
  const request = 0.2
  const ms = (128 / 1024) * 16.6667e-6 * 1000
  expect(found['ratio']?.['value']).toBeCloseTo((request + 400.5 * ms) / (request + 200.5 * ms), 3)
  const said = /the candidate costs 1\.\d\d times as much \(1\.\d\d to 1\.\d\d\), by 20 min with both/
  for (const words of [
    ['cost', ...on, '--release'],
    ['canary', 'status', ...on],
    ['status', ...on],
  ])
    expect((await runTo(0, words, place)).stdout.replaceAll(/\s+/g, ' ')).toMatch(said)
})

/** Counts so many invocations in each of the last 20 minutes, as Lambda does for a weighted alias. */
async function count(lambdaName: string, version: string, invocations: number, ms: number): Promise<void> {
  const Dimensions = [
    { Name: 'FunctionName', Value: lambdaName },
    { Name: 'Resource', Value: `${lambdaName}:live` },
    { Name: 'ExecutedVersion', Value: version },
  ]
  const MetricData = Array.from({ length: 20 }, (_, index) => {
    const Timestamp = new Date(Date.now() - (index + 3) * 60_000)
    return [
      { MetricName: 'Invocations', Value: invocations, Timestamp, Dimensions },
      {
        MetricName: 'Duration',
        Value: invocations * (ms + (index % 2 === 0 ? 1 : -1)),
        Timestamp,
        Dimensions,
      },
    ]
  }).flat()
  await sandbox().cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/Lambda', MetricData }))
}
