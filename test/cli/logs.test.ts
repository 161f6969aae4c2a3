import { expect, test } from 'vitest'
import { afterPlace, type Place, runTo, start } from './cli.ts'
import { beginOf, isLogRead, startProxy } from './proxy.ts'
import { useSandbox } from './sandbox.ts'
import { madeOnce, makeService } from './service.ts'

const sandbox = useSandbox()

const handler = `export const handler = async ({ name = 'nobody' }) => {
  console.log(JSON.stringify({ level: 'info', msg: 'greeting', name }))
  console.log(JSON.stringify({ level: 'warn', msg: 'no price for ' + name, total: name.length }))
}
`
const other = 'other: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false}'

/** Two functions with logs in JSON, which were called for Ann and for Roberta. */
const twoFunctions = madeOnce(async (service) => {
  await service.writeHandler(handler)
  await service.writeFunction(other)
  const place = await sandbox().deployFirst(service)
  const call = (fn: string, name: string) =>
    runTo(0, ['invoke', fn, '-e', 'test', '--payload', '-'], place, JSON.stringify({ name }))
  await call('hello', 'Ann')
  await call('other', 'Roberta')
  return { place, lambdaName: service.lambdaName, logs: logsIn(place) }
})

function logsIn(place: Place) {
  return async (...args: string[]) =>
    (await runTo(0, ['logs', ...args, '-e', 'test', '--no-follow'], place)).stdout
}

test('functions are named as in the file, by patterns, all of them, as in Lambda and by ARN', async () => {
  const { logs, lambdaName } = await twoFunctions()
  for (const args of [['hello', 'other'], ['*'], ['--all']]) {
    const lines = await logs(...args)
    expect(lines).toMatch(/ hello .*no price for Ann/)
    expect(lines).toMatch(/ other .*no price for Roberta/)
  }
  const arn = `arn:aws:lambda:eu-west-1:000000000000:function:${lambdaName}`
  for (const name of [lambdaName, lambdaName.replace('-hello-', '-h*-'), arn, `${arn}:1`, `${arn}:live`]) {
    const lines = await logs(name)
    expect(lines).toContain('no price for Ann')
    expect(lines).not.toContain('Roberta')
  }
})

test('lines are chosen by text, level, condition, number and time', async () => {
  const { logs } = await twoFunctions()
  const texts = async (...args: string[]) =>
    (await logs('--all', ...args)).match(/(?:greeting|no price for) \S+/g)
  expect(await texts('--grep', 'no price', '--exclude', 'Ann', '--exclude', 'nobody')).toEqual([
    'no price for Roberta',
  ])
  expect(await texts('--level', 'warn', '--grep', 'Ann')).toEqual(['no price for Ann'])
  expect(await texts('--filter', 'level>=warn and total>6')).toEqual(['no price for Roberta'])
  expect(await texts('-n', '1', '--filter', 'total>=3')).toEqual(['no price for Roberta'])
  expect(await texts('--max-lines', '1', '--filter', 'name=Ann')).toEqual(['greeting name=Ann'])
  expect(await logs('hello', '-n', '1', '--until', '1h')).toBe('')
  const before = new Date(Date.now() - 2 * 86_400_000).toISOString()
  const times = ['1d', 'deploy', before.slice(0, 16), before.slice(0, 10)].map((time) => ['--since', time])
  for (const args of [...times, ['--stable'], ['--canary']])
    expect(await logs('hello', ...args, '--grep', 'Ann')).toContain('no price for Ann')
})

test('without --since the lines of the last 10 minutes are shown, and CloudWatch chooses by a text', async () => {
  const { place, lambdaName, logs } = await twoFunctions()
  await sandbox().writeLog(lambdaName, ['older'], { agoMs: 11 * 60_000 })
  await sandbox().writeLog(lambdaName, ['newer'], { agoMs: 9 * 60_000 })
  const shown = await logs('hello')
  expect(shown).toContain('newer')
  expect(shown).not.toContain('older')

  const patterns: unknown[] = []
  const { url } = await startProxy(sandbox().url, async (_, message) => {
    if (isLogRead(message))
      patterns.push((JSON.parse(await beginOf(message)) as { filterPattern?: string }).filterPattern)
    return 'passes' as const
  })
  const through = logsIn({ ...place, env: { ...place.env, AWS_ENDPOINT_URL: url } })
  await through('hello', '--grep', 'no price')
  await through('hello', '--filter', 'name=Ann and total>2')
  expect(patterns).toEqual(['%price%', '%Ann%'])
})

test('--exit-on ends with 0 at the line, and with 4 without one; mistakes are said at once', async () => {
  const { place } = await twoFunctions()
  const tail = ['logs', 'hello', '-e', 'test']
  const matched = await runTo(0, [...tail, '--exit-on', 'price for A.n'], place)
  expect(matched.stdout).toMatch(/no price for Ann total=3\n$/)
  expect(afterPlace(matched.stderr)).toMatch(/^\d+ shown, 0 late, 0 missing\n$/)
  const unmatched = await runTo(4, [...tail, '--exit-on', 'never', '--timeout', '1s'], place)
  expect(unmatched.stderr).toContain('No line matched --exit-on never.')
  const wrong = await runTo(2, [...tail, '--filter', 'total>>1'], place)
  expect(wrong.stderr).toMatch(/total>>1\n\s+\^/)
  await runTo(4, ['logs', 'helo', '-e', 'test'], place)
  expect((await runTo(2, ['logs', '-e', 'test'], place)).stderr).toContain('there are hello, other')
})

test('a function that is deployed later joins', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  const tail = start(['logs', 'hello', '-e', 'test', '--exit-on', 'greeting'], place)
  await tail.says(/waiting for it/)
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect((await tail.ended).exitCode).toBe(0)
})

test.each([
  [['--live', '--no-follow'], '--live is for a tail that follows'],
  [['--output', 'raw', '--fields', 'level'], '--output raw shows messages as they were written'],
])('flags that would do nothing are refused: %j', async (flags, says) => {
  const { place } = await twoFunctions()
  const { stdout, stderr } = await runTo(2, ['logs', 'hello', '-e', 'test', ...flags], place)
  expect(stdout).toBe('')
  expect(stderr).toContain(says)
})
