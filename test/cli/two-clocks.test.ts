import { pathToFileURL } from 'node:url'
import { InvokeCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { parseRecord } from '../../src/release/values/record.ts'
import { entriesOf, eventsOf, type Place, run, runTo } from './cli.ts'
import { type Fate, startProxy } from './proxy.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'

const sandbox = useSandbox()
const hour = 3_600_000
/** HTTP tells the time in whole seconds, and the sandbox's own clock is this process'. */
const roughly = 1600

/** A shell on a machine whose clock is so much ahead. */
function machine(service: Service, aheadMs: number, extra: NodeJS.ProcessEnv = {}): Place {
  const { href } = pathToFileURL(`${import.meta.dirname}/wrong-clock.mjs`)
  return sandbox().place(service, { NODE_OPTIONS: `--import=${href}?ms=${aheadMs}`, ...extra })
}

/** A service whose second version is to be released in steps of these lengths, without an end to wait for. */
async function serviceWithSteps(every: string): Promise<Service> {
  const service = await makeService()
  await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  await service.writeRelease(`alarms: [${alarm}], steps: [10, 50], every: ${every}, bake: 0s`)
  return service
}

/** Does what is due, and leaves the release to whoever comes next. */
async function tick(args: string, place: Place) {
  const finished = await run([...args.split(' '), 'hello', '-e', 'test', '--detach'], place)
  expect(finished.exitCode).toBe(8)
  return finished
}

async function recordOf({ lambdaName }: Service) {
  const record = parseRecord((await sandbox().alias(lambdaName)).description)
  if (!record) throw new Error('There is no record.')
  return record
}

test.each([
  ['an hour ahead', hour, -hour],
  ['an hour behind', -hour, 0],
])('a step begun on a machine that is %s is held as long on another', async (_, first, second) => {
  const service = await serviceWithSteps('4s')
  const begun = await tick('canary', machine(service, first))
  const one = await recordOf(service)
  expect(Math.abs(one.since - Date.now())).toBeLessThan(30_000)
  expect(begun.stderr).toMatch(
    /^test · [^]*\nwarning: the clock of this machine is 60 min (?:ahead of|behind) AWS's/,
  )
  const other = machine(service, second)
  await tick('canary resume', other)
  for (let nth = 0; nth < 20 && (await recordOf(service)).step === 1; nth += 1) {
    await tick('canary resume', other)
  }
  const two = await recordOf(service)
  expect(two).toMatchObject({ phase: 'shifting', step: 2 })
  expect(two.since - one.since).toBeGreaterThan(4000 - roughly)
  expect(two.since - one.since).toBeLessThan(30_000)
  const times = (await sandbox().journalOf(two.id)).map(({ kind }) => kind)
  expect(times).toContain('shifted')
})

test('a record from the future keeps nobody waiting for it', async () => {
  const service = await serviceWithSteps('300s')
  await tick('canary', machine(service, 0))
  const { description } = await sandbox().alias(service.lambdaName)
  const later = description.replace(/since \S+/, `since ${new Date(Date.now() + 5 * hour).toISOString()}`)
  const update = { FunctionName: service.lambdaName, Name: 'live', Description: later }
  await sandbox().lambda.send(new UpdateAliasCommand(update))
  const resumed = await tick('canary resume', machine(service, hour))
  const record = await recordOf(service)
  expect(record).toMatchObject({ phase: 'shifting', step: 1 })
  expect(Math.abs(record.since - Date.now())).toBeLessThan(60_000)
  const due = Date.parse(/goes on at ([^;]+);/.exec(resumed.stdout)?.[1] ?? '')
  // People are told whole seconds.
  expect(Math.abs(due - record.since - 300_000)).toBeLessThan(1000)
})

test('an answer now and then whose Date is wrong, or none, moves no step', async () => {
  const service = await serviceWithSteps('1s')
  const dates = [
    () => new Date(Date.now() + 5 * hour).toUTCString(),
    () => new Date(Date.now() - 5 * hour).toUTCString(),
    () => 'when it suits me',
  ]
  const fate = (nth: number): Fate => {
    const date = nth % 6 === 1 ? dates[Math.floor(nth / 6) % 3] : undefined
    return date ? { headers: { date: date() } } : 'passes'
  }
  const proxy = await startProxy(sandbox().url, fate)
  const before = Date.now()
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const released = await runTo(0, ['canary', 'hello', '-e', 'test', '--json'], place)
  const shifts = eventsOf(released).filter(({ event }) => event === 'shifted')
  const [one = 0, two = 0, three = 0] = shifts.map(({ time }) => Number(time))
  expect(one).toBeGreaterThan(before - roughly)
  expect(two).toBeGreaterThan(one)
  expect(three).toBeGreaterThan(two)
  expect(three).toBeLessThan(Date.now() + roughly)
})

test.each([hour, -hour])(
  'what was a moment ago is found from a machine that is %s ms ahead',
  async (ahead) => {
    const service = await makeService()
    const place = machine(service, ahead)
    await runTo(0, ['deploy', '-e', 'test'], place)
    await sandbox().lambda.send(new InvokeCommand({ FunctionName: service.lambdaName, Qualifier: 'live' }))
    const tail = ['logs', 'tail', 'hello', '-e', 'test', '--since', '5m', '--no-follow']
    expect((await runTo(0, tail, place)).stdout).toContain('greeting nobody')
    const past = await runTo(0, ['history', '-e', 'test', '--since', '5m', '--json'], place)
    expect(entriesOf(past)).toHaveLength(1)
  },
)

test('lines of the last minute are found from a machine that is ahead, also where AWS does not tell the account', async () => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  await sandbox().lambda.send(new InvokeCommand({ FunctionName: service.lambdaName, Qualifier: 'live' }))
  const denied: Fate = { status: 403, headers: {}, body: '' }
  const proxy = await startProxy(sandbox().url, (_, { headers }) =>
    headers.authorization?.includes('/sts/') ? denied : 'passes',
  )
  const place = machine(service, hour, { AWS_ENDPOINT_URL: proxy.url })
  const tail = ['logs', 'hello', '-e', 'test', '--since', '1m', '--no-follow']
  expect((await runTo(0, tail, place)).stdout).toContain('greeting nobody')
})
