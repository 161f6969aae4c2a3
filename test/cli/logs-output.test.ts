import { expect, test } from 'vitest'
import { run } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

/** Logs a line of JSON, and then throws, for every event but the smoke event. */
const logging = `export const handler = async ({ smoke }) => {
  if (smoke) return 'alive'
  console.log(JSON.stringify({ level: 'WARN', message: 'total computed', total: 6 }))
  throw new TypeError('payment gateway said no')
}
`

test('--output gives one failed request as a block, plain lines, messages, NDJSON and logfmt; --fields chooses', async () => {
  const service = await makeService()
  await service.writeHandler(logging)
  const place = await sandbox().deployFirst(service)
  await run(['invoke', 'hello', '-e', 'test', '--payload', '-'], place, '{}')
  const shown = async (...more: string[]) => {
    const { exitCode, stdout } = await run(['logs', 'hello', '-e', 'test', '--no-follow', ...more], place)
    expect(exitCode).toBe(0)
    return stdout
  }

  const pretty = await shown('--output', 'pretty')
  expect(pretty).toMatch(/^\d\d:\d\d:\d\d WARN total computed total=6$/m)
  expect(pretty).toMatch(/^\d\d:\d\d:\d\d ERROR TypeError: payment gateway said no\n {11}at /m)
  expect(pretty).toMatch(
    / ✖ \d+ ms (?:cold \+[\d,]+ ms )?\d+\/128 MB TypeError: payment gateway said no {2}v1 [0-9a-f]{8}$/m,
  )
  expect(pretty).not.toMatch(/START|END|REPORT/)

  const plain = await shown()
  expect(plain).toMatch(/^\d{4}-\d\d-\d\d \S+ v1 [0-9a-f]{8} WARN total computed total=6$/m)
  expect(plain).toMatch(/^\d{4}.* REPORT error \d+ ms .*TypeError: payment gateway said no$/m)

  const raw = await shown('--output', 'raw')
  expect(raw).toMatch(/^START RequestId: /m)
  expect(raw).toMatch(/\{"level":"WARN","message":"total computed","total":6\}$/m)

  for (const json of [['--json'], ['--output', 'ndjson']]) {
    const documents = (await shown(...json))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object)
    expect(documents).toContainEqual(
      expect.objectContaining({ event: 'line', level: 'warn', text: 'total computed', fields: { total: 6 } }),
    )
    expect(documents).toContainEqual(
      expect.objectContaining({
        event: 'request',
        status: 'error',
        error: 'TypeError: payment gateway said no',
      }),
    )
  }

  expect(await shown('--output', 'logfmt')).toMatch(/^time=\S+Z level=warn .* msg="total computed" total=6$/m)
  expect(await shown('--fields', 'level,total,msg')).toMatch(/^warn\t6\ttotal computed$/m)
})
