import { once } from 'node:events'
import { CloudWatchClient, DescribeAlarmsCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch'
import { expect, onTestFinished, test } from 'vitest'
import { type Running, run, runTo, start } from './cli.ts'
import { clientSettings } from './sandbox.ts'
import { failing, makeService, temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

/** Starts a sandbox and has a function deployed, invoked and failing at it; returns all that the sandbox says. */
async function used(...args: string[]): Promise<string> {
  const home = await temporaryFolder()
  const place = { cwd: home, env: variables(home) }
  const running = start(['sandbox', 'start', '--port', '0', '--access-key', 'test', ...args], place)
  const [url] = await running.says(/http:\/\/127\.0\.0\.1:\d+/)
  await useIt(url)
  return await stopped(running)
}

async function useIt(url: string): Promise<void> {
  const service = await makeService()
  const shell = { cwd: service.folder, env: variables(service.folder, { AWS_ENDPOINT_URL: url }) }
  await service.writeHandler(failing)
  await runTo(0, ['deploy', '-e', 'test'], shell)
  await run(['invoke', 'hello', '-e', 'test'], shell)
  const client = new CloudWatchClient(clientSettings(url))
  onTestFinished(() => client.destroy())
  const definition = { Namespace: 'A', MetricName: 'B', Period: 60, EvaluationPeriods: 1, Threshold: 1 }
  await client.send(
    new PutMetricAlarmCommand({
      ...definition,
      AlarmName: '\u001B[31mred\n::error::no',
      Statistic: 'Sum',
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  )
  await client.send(new DescribeAlarmsCommand({}))
  await client.send(new PutMetricAlarmCommand({ ...definition, AlarmName: 'none' })).catch(() => undefined)
}

async function stopped({ child, ended }: Running): Promise<string> {
  child.kill('SIGINT')
  if (child.exitCode === null) await once(child, 'exit')
  return (await ended).stdout
}

test('it prints a line for each request that changes or invokes something, and not what clients poll', async () => {
  const lines = (await used()).split('\n').filter((line) => /^\d\d:\d\d:\d\d\S+ /.test(line))
  const said = lines.map((line) =>
    line
      .replace(/^\S+ /, '')
      .replace(/shop\d+/, 'shop')
      .replace(/\d+ ms/, 'N ms'),
  )
  expect(said).toEqual([
    'CreateLogGroup /lambdactl/releases 200',
    'CreateFunction shop-hello-test 201',
    'PublishVersion shop-hello-test 201',
    'Invoke shop-hello-test:1 200 N ms, version 1',
    'CreateAlias shop-hello-test:live 201',
    'Invoke shop-hello-test:live 200 N ms, version 1, the function failed',
    // The escape sequence and the line's end are gone.
    'PutMetricAlarm red ::error::no 200',
    expect.stringMatching(/^PutMetricAlarm none 400 \w+$/) as string,
  ])
})

test('with --json each is an event', async () => {
  const lines = (await used('--json')).trim().split('\n')
  const events = lines.map((line) => JSON.parse(line) as { event: string; operation?: string })
  expect(events.map(({ event }) => event)).toEqual([
    'ready',
    ...Array<string>(lines.length - 1).fill('request'),
  ])
  expect(events.findLast(({ operation }) => operation === 'Invoke')).toEqual({
    schemaVersion: 1,
    event: 'request',
    time: expect.any(Number) as number,
    service: 'lambda',
    region: 'eu-west-1',
    operation: 'Invoke',
    resource: expect.stringMatching(/-hello-test:live$/) as string,
    status: 200,
    durationMs: expect.any(Number) as number,
    version: '1',
    functionError: 'Unhandled',
  })
})
