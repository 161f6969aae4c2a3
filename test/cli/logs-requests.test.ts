import { expect, test } from 'vitest'
import { type Place, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

/** Version 1 answers; version 2 fails, for each order in the same way. */
const unpaid = `export const handler = async ({ smoke, order }) => {
  if (smoke) return 'alive'
  console.log('charging order', order)
  throw new TypeError('no price for order ' + order)
}
`

async function twoVersions(): Promise<Place> {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await invoke(place, { name: 'Ann' })
  await service.writeHandler(unpaid)
  await runTo(0, ['deploy', '-e', 'test'], place)
  await invoke(place, { order: 17 })
  await invoke(place, { order: 4711 })
  return place
}

const invoke = (place: Place, event: object) =>
  run(['invoke', 'hello', '-e', 'test', '--payload', '-'], place, JSON.stringify(event))

const requests = ['logs', 'requests', 'hello', '-e', 'test']
const errors = ['logs', 'errors', 'hello', '-e', 'test']

interface ListedJson {
  read: number
  requests: { version: string; status: string; error?: string; id: string }[]
}

test('logs requests has one line a request, with its figures and its first error, and the percentiles', async () => {
  const place = await twoVersions()
  const { stdout } = await runTo(0, requests, place)
  const failed = stdout.split('\n').filter((line) => line.includes('✖'))
  expect(failed).toHaveLength(2)
  expect(failed[0]).toMatch(
    / v2 +✖ error +[\d.]+ m?s +billed \d+ ms +\d+\/128 MB \d+%.* [0-9a-f]{8} +TypeError: no price for order 17$/,
  )
  expect(stdout).toMatch(/ v1 +✔ ok .* cold \+\d+ ms /)
  expect(stdout).toMatch(/^ {2}\d ok, 2 errors; \d cold starts?, memory at most \d+\/128 MB \d+%$/m)
  expect(stdout).toMatch(/^ {2}duration p50 [\d.]+ m?s, p90 [\d.]+ m?s, p99 /m)

  const json = JSON.parse((await runTo(0, [...requests, '--errors', '--json'], place)).stdout) as ListedJson
  expect(json.read).toBeGreaterThan(2)
  expect(json.requests).toMatchObject([
    { version: '2', status: 'error', error: 'TypeError: no price for order 17' },
    { version: '2', status: 'error', error: 'TypeError: no price for order 4711' },
  ])

  const slow = await runTo(0, [...requests, '--slow', '--limit', '1'], place)
  expect(slow.stdout).toMatch(/… and \d faster ones? \(--limit \d\)/)
  const comma = await runTo(0, [...requests, '--errors', '--output', 'csv'], place)
  expect(comma.stdout).toMatch(/^start,version,status,durationMs,[^\n]*\n[^\n]*Z,2,error,/)
})

test('logs --errors has failed requests whole, and --request one by the begin of its id', async () => {
  const place = await twoVersions()
  const logs = ['logs', 'hello', '-e', 'test', '--no-follow']
  // A handler's stack traces are its own.
  const { stdout } = await run([...logs, '--errors'], place)
  expect(stdout.match(/charging order|ERROR TypeError: no price/g)).toEqual([
    'charging order',
    'ERROR TypeError: no price',
    'charging order',
    'ERROR TypeError: no price',
  ])
  expect(stdout).not.toMatch(/ v1 /)

  const listed = await runTo(0, [...requests, '--errors', '--json'], place)
  const [, second] = (JSON.parse(listed.stdout) as ListedJson).requests
  const one = await run(['logs', 'hello', '-e', 'test', '--request', second?.id.slice(0, 8) ?? ''], place)
  expect(one.stdout).toContain('charging order 4711')
  expect(one.stdout).not.toContain('charging order 17')

  const none = await runTo(4, ['logs', 'hello', '-e', 'test', '--request', '00000000-0'], place)
  expect(none.stderr).toContain('No line names a request whose id begins with 00000000-0.')
  const wrong = await runTo(2, ['logs', 'hello', '-e', 'test', '--request', 'oops'], place)
  expect(wrong.stderr).toContain('A request id begins with 4 or more hexadecimal digits')
})

test('logs errors groups failures without their numbers, says which version has them, and shows one', async () => {
  const place = await twoVersions()
  const { stdout } = await runTo(0, errors, place)
  expect(stdout).toMatch(/^hello {2}2 of \d requests since .* failed, in 1 way$/m)
  expect(stdout).toMatch(/^ {2}✖ 2 × {2}TypeError: no price for order …\n {4}at handler \(.*index.mjs:4\)$/m)
  expect(stdout).toMatch(/^ {4}only on version 2: 2 of \d requests; first .*, last /m)
  expect(stdout).toContain('INFO charging order 4711\n')
  expect(stdout).toContain('ERROR TypeError: no price for order 4711\n')
  const first = await runTo(0, [...errors, '--version', '1'], place)
  expect(first.stdout).toMatch(/^hello {2}no failure in 2 requests of version 1 since /)
  const json = await runTo(0, [...errors, '--json'], place)
  expect(JSON.parse(json.stdout)).toMatchObject({
    groups: [{ kind: 'TypeError: no price for order …', count: 2, sample: { status: 'error' } }],
  })
})
