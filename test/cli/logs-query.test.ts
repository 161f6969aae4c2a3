import { expect, test } from 'vitest'
import { savedNames } from '../../src/logs/insights/saved-queries.ts'
import { runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()
const query = ['logs', 'query', 'hello', '-e', 'test']

const failing =
  'export const handler = async ({ fail }) => { if (fail) throw new TypeError("payment gateway said no") }'

/** A function with two failed requests. */
async function failed() {
  const service = await makeService()
  await service.writeHandler(failing)
  const place = await sandbox().deployFirst(service)
  const invoke = ['invoke', 'hello', '-e', 'test', '--payload', '{"fail":true}']
  await runTo(6, invoke, place)
  await runTo(6, invoke, place)
  return place
}

test('logs query answers the saved questions and own ones, as a table, CSV and JSON', async () => {
  const place = await failed()
  const errors = await runTo(0, [...query, '--saved', 'errors'], place)
  expect(errors.stdout).toMatch(/error +errors +first +last/)
  expect(errors.stdout).toMatch(/payment gateway said no +2 /)
  expect(errors.stdout).toMatch(/\n1 row; \d+ log events read, /)
  for (const saved of savedNames) await runTo(0, [...query, '--saved', saved], place)

  const own = 'filter @type = "REPORT" | stats count(*) as requests, max(@memorySize) / 1000000 as mb'
  const csv = await runTo(0, [...query, own, '--output', 'csv'], place)
  expect(csv.stdout).toBe('requests,mb\n3,128\n')
  const none = await runTo(0, [...query, 'filter order = 5', '--output', 'csv'], place)
  expect(none.stdout).toBe('')
  expect(none.stderr).toMatch(/no results; \d+ log events read/)
  const json = await runTo(0, [...query, own, '--json'], place)
  expect(JSON.parse(json.stdout)).toMatchObject({
    query: own,
    columns: ['requests', 'mb'],
    rows: [{ requests: '3', mb: '128' }],
  })
})

test('a wrong query is told with its place, and without a query the saved ones are named', async () => {
  const place = await failed()
  const wrong = await runTo(2, [...query, 'fields @message | filter ('], place)
  expect(wrong.stderr).toContain('expected a value at position 27')
  const none = await runTo(2, query, place)
  expect(none.stderr).toContain('--saved: errors, slowest, cold-starts, memory, throttles')
})

test('Ctrl-C stops the query in CloudWatch', async () => {
  const place = await failed()
  const running = start([...query, '--saved', 'slowest', '--verbose'], place)
  await running.says(/GetQueryResults/)
  running.child.kill('SIGINT')
  const { exitCode, stderr } = await running.ended
  expect(exitCode).toBe(130)
  expect(stderr).toMatch(/StopQuery/)
})
