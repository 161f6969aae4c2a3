import { expect, test } from 'vitest'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

const id = (digit: number) => `00000000-0000-4000-8000-${String(digit).padStart(12, '0')}`

/** A REPORT line of 10.5 ms; `billed` and `more` as Lambda writes them. */
function report(digit: number, billed: number, more = ''): string {
  return `REPORT RequestId: ${id(digit)}\tDuration: 10.50 ms\tBilled Duration: ${billed} ms\tMemory Size: 1024 MB\tMax Memory Used: 90 MB\t${more}`
}

function jsonReport(digit: number, metrics: object): string {
  const record = { requestId: id(digit), metrics: { durationMs: 10.5, memorySizeMB: 1024, ...metrics } }
  return JSON.stringify({ time: new Date().toISOString(), type: 'platform.report', record })
}

interface Found {
  versions: Record<string, unknown>[]
  total: Record<string, unknown>
  advice: { about: string; next?: string }[]
}

test('starts are measured by version, in text and JSON, with restores and failed starts', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const { lambdaName } = service
  await sandbox().writeLog(
    lambdaName,
    [
      report(1, 411, 'Init Duration: 400.00 ms\t'),
      report(2, 1211, 'Init Duration: 1200.00 ms\t'),
      report(3, 11),
      // Before August 2025 the start of a managed runtime was not billed.
      report(4, 11, 'Init Duration: 300.00 ms\t'),
      'INIT_REPORT Init Duration: 9999.00 ms\tPhase: init\tStatus: timeout',
      'someone says Init Duration: 7 ms',
    ],
    { version: '7' },
  )
  await sandbox().writeLog(
    lambdaName,
    [
      report(5, 111, 'Restore Duration: 500.00 ms\tBilled Restore Duration: 100 ms\t'),
      jsonReport(6, { billedDurationMs: 61, restoreDurationMs: 700, billedRestoreDurationMs: 50 }),
      jsonReport(7, { billedDurationMs: 11 }),
      JSON.stringify({
        type: 'platform.initReport',
        record: { status: 'error', metrics: { durationMs: 5 } },
      }),
    ],
    { version: '8' },
  )
  const args = ['cold-starts', 'hello', '-e', 'test']
  const { stdout } = await runTo(0, [...args, '--json'], place)
  const { versions, total, advice } = JSON.parse(stdout) as Found
  const of = (version: string) => versions.find((each) => each['version'] === version)
  expect(of('7')).toMatchObject({
    requests: 4,
    inits: 3,
    restores: 0,
    failed: 1,
    share: 0.75,
    billedMs: 400 + 1200,
    billedGbSeconds: 1.6,
    wait: { p50Ms: 400, maxMs: 1200 },
  })
  expect(of('8')).toMatchObject({ requests: 3, inits: 0, restores: 2, failed: 1, billedMs: 150 })
  expect(of('8')?.['wait']).toMatchObject({ maxMs: 700 })
  expect(total['failed']).toBe(2)
  expect(advice.map(({ about }) => about)).toContain('pings')
  expect(advice[0]).toMatchObject({
    about: 'failed',
    next: expect.stringMatching(
      /^lambdactl logs errors hello --env test --since=\S+Z --until=\S+Z$/,
    ) as unknown,
  })
  const shown = await runTo(0, args, place)
  expect(shown.stdout).toMatch(/7 +4 +3 \(1 failed\) +75\.00% +400, 1200, 1200 ms +1\.6 s/)
  const none = await runTo(0, [...args, '--since', '2h', '--until', '1h'], place)
  expect(none.stdout).toContain('No request ended in its log')
})

test('a function that is not there is not found', async () => {
  const service = await makeService()
  const gone = await runTo(4, ['cold-starts', 'hello', '-e', 'test'], sandbox().place(service))
  expect(gone.stderr).toContain('lambdactl deploy hello --env test')
})
