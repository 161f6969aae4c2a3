import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { expect, test } from 'vitest'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

const id = '00000000-0000-4000-8000-000000000001'
const given = ['cost', '--requests', '3M', '--duration', '200ms', '--memory', '512']

test('given figures cost $5.60, and own prices win over the table', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  const { stdout, stderr } = await runTo(0, [...given, '--region', 'us-east-1'], place)
  expect(stderr).toBe('')
  expect(stdout).toMatch(/requests +3,000,000 +\$0\.60\n *duration +300,000 GB-seconds +\$5\.00/)
  expect(stdout).toMatch(/total +\$5\.60/)
  const cold = [...given, '--inits', '30k', '--init', '400ms', '--region', 'us-east-1']
  expect((await runTo(0, cold, place)).stdout).toMatch(/init +6,000 GB-seconds +\$0\.10/)
  const refused = await runTo(2, [...given, '--region', 'mars-1'], place)
  expect(refused.stderr).toMatch(/has no Region mars-1[^]*--prices FILE/)
  const file = join(service.folder, 'prices.yaml')
  await writeFile(file, 'date: "2026-11-01"\nregions:\n  us-east-1: {request: 0.000001}\n')
  const own = await runTo(0, [...given, '--region', 'us-east-1', '--prices', file], place)
  expect(own.stdout).toMatch(/prices of 2026-11-01\n *requests +3,000,000 +\$3\.00/)
  await writeFile(file, 'regions: {}\n')
  const wrong = await runTo(2, [...given, '--region', 'us-east-1', '--prices', file], place)
  expect(wrong.stderr).toContain('is no table of prices')
})

test('a function costs what CloudWatch counted, and one without figures has no price', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const cost = (...more: string[]) => runTo(0, ['cost', 'hello', '-e', 'test', ...more], place)
  const none = await cost('--month', lastMonth())
  expect(none.stdout).toMatch(/-\d\d \(UTC\)[^]*CloudWatch has no invocations of that time\./)
  expect(none.stdout).not.toContain('$')
  await count(service.lambdaName, 3_000_000)
  const all = await runTo(0, ['cost', '--all', '-e', 'test', '--json'], place)
  const [found] = (JSON.parse(all.stdout) as { functions: Record<string, unknown>[] }).functions
  expect(found).toMatchObject({
    function: 'hello',
    region: 'eu-west-1',
    version: '1',
    // The smoke event of this hour counts too.
    usage: { requests: 3_000_001, provisionedSeconds: 0 },
    notes: ['The starts of environments, which Lambda bills too, are not counted.'],
  })
  const { stdout } = await cost('--memory', '1024')
  expect(stdout).toMatch(/requests +3,000,001 +\$0\.60/)
  expect(stdout).toContain(', as version 1 is now\n')
  expect(stdout).toMatch(/1024 MB +\$[\d.]+ to \$[\d.]+/)
  const lines = [
    `REPORT RequestId: ${id}\tDuration: 1.00 ms\tBilled Duration: 2001 ms\tMemory Size: 128 MB\tInit Duration: 2000.00 ms\t`,
  ]
  await sandbox().writeLog(service.lambdaName, lines, { agoMs: 2 * 3_600_000 })
  const measured = await runTo(0, ['cost', 'hello', '-e', 'test', '--measure-inits', '--json'], place)
  const [one] = (JSON.parse(measured.stdout) as { functions: Record<string, unknown>[] }).functions
  expect(one).toMatchObject({ notes: [], next: [] })
  expect(one?.['usage']).toHaveProperty('initSeconds')
  expect(one?.['bill']).not.toHaveProperty('init', 0)
})

test('the figures are those of functions or given ones', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  expect((await runTo(2, ['cost'], place)).stderr).toContain('lambdactl cost --all')
  const both = await runTo(2, [...given, 'hello', '--region', 'eu-west-1'], place)
  expect(both.stderr).toContain('not both')
  const all = await runTo(2, ['cost', 'hello', '--all', '-e', 'test'], place)
  expect(all.stderr).toContain('Leave out --all')
  const empty = join(service.folder, 'empty.yaml')
  await writeFile(empty, 'service: shop\nfunctions: {}\nenvironments: {test: {region: eu-west-1}}\n')
  for (const command of [['cost', '--all'], ['metrics'], ['iam', 'policy']]) {
    const none = await runTo(2, [...command, '--config', empty, '-e', 'test'], place)
    expect(none.stderr).toMatch(/empty\.yaml has no functions\.[^]*lambdactl add NAME/)
    expect(none.stderr.match(/has no functions/g)).toHaveLength(1)
  }
  const status = await runTo(0, ['status', '--config', empty, '-e', 'test'], place)
  expect(status.stderr).toContain('has no functions')
  const nowhere = await runTo(2, ['cost', 'hello', '-e', 'test', '--prices', 'nowhere.yaml'], place)
  expect(nowhere.stderr).toContain('--prices FILE')
  const gone = await runTo(4, ['cost', 'hello', '-e', 'test'], place)
  expect(gone.stderr).toMatch(/There is no function \S+ in Lambda here[^]*lambdactl deploy hello --env test/)
})

/** The month before this one, in UTC. */
function lastMonth(): string {
  const month = new Date()
  month.setUTCDate(0)
  return month.toISOString().slice(0, 7)
}

/** Counts invocations of 199.5 ms an hour ago, as Lambda does. */
async function count(lambdaName: string, invocations: number): Promise<void> {
  const Dimensions = [{ Name: 'FunctionName', Value: lambdaName }]
  const Timestamp = new Date(Date.now() - 2 * 3_600_000)
  const datum = (MetricName: string, Unit: 'Count' | 'Milliseconds', Value: number) => ({
    MetricName,
    Unit,
    Value,
    Timestamp,
    Dimensions,
  })
  await sandbox().cloudWatch.send(
    new PutMetricDataCommand({
      Namespace: 'AWS/Lambda',
      MetricData: [
        datum('Invocations', 'Count', invocations),
        datum('Duration', 'Milliseconds', invocations * 199.5),
      ],
    }),
  )
}
