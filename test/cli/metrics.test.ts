import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { expect, test } from 'vitest'
import type { FunctionMetrics } from '../../src/workflows/metrics/function-metrics.ts'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

test('metrics has the figures of CloudWatch and of the log, by version, as JSON, CSV and charts', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const of = ['metrics', 'hello', '-e', 'test']
  const before = JSON.parse((await runTo(0, [...of, '--json'], place)).stdout) as FunctionMetrics
  const named = (metrics: FunctionMetrics, name: string) =>
    metrics.series.filter(({ metric, points }) => metric === name && points.length > 0)
  expect(named(before, 'IteratorAge')).toEqual([])
  const old = await runTo(2, [...of, '--since', '9999d'], place)
  expect(old.stderr).toContain('lambdactl metrics hello --env test --since 450d')

  await runTo(0, ['invoke', 'hello', '-e', 'test'], place)
  await runTo(0, ['invoke', 'hello', '-e', 'test'], place)
  const metrics = JSON.parse(
    (await runTo(0, [...of, '--by', 'version', '--json'], place)).stdout,
  ) as FunctionMetrics
  const sumOf = (name: string) =>
    named(metrics, name).map(({ version, statistic, points }) => [
      version,
      statistic,
      points.reduce((sum, { value }) => sum + value, 0),
    ])
  expect(sumOf('Invocations')).toEqual([['1', 'Sum', 2]])
  expect(sumOf('Errors')).toEqual([['1', 'Sum', 0]])
  expect(named(metrics, 'Duration').map(({ statistic }) => statistic)).toEqual(['p50', 'p90', 'p99'])
  expect(named(metrics, 'MaxMemoryUsed')).toMatchObject([{ version: '1', unit: 'MB' }])
  expect(named(metrics, 'ColdStarts')[0]?.points[0]?.value).toBeGreaterThan(0)
  expect(metrics.logBytes).toBeGreaterThan(0)

  const rows = (await runTo(0, [...of, '--csv'], place)).stdout.trim().split('\n')
  expect(rows[0]).toBe('time,function,version,metric,statistic,unit,value')
  expect(rows.filter((row) => /^[\d-]+T[\d:.]+Z,hello,,Invocations,Sum,count,\d+$/.test(row))).not.toEqual([])
  const { stdout } = await runTo(0, of, place)
  expect(stdout).toMatch(/invocations .*[▁▂▃▄▅▆▇█].* at most \d/)
  expect(stdout).toMatch(/iterator age +no data/)

  await sandbox().logs.send(new DeleteLogGroupCommand({ logGroupName: `/aws/lambda/${service.lambdaName}` }))
  const { stderr } = await runTo(0, [...of, '--csv'], place)
  expect(stderr).toContain('warning: no cold starts and memory: There is no log group')
})
