import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  StartLiveTailCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { ListFunctionsCommand } from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { askSandbox } from '../../../src/sandbox/own/ask-sandbox.ts'
import { askStatus } from '../../../src/sandbox/own/status.ts'
import { openSqlite } from '../../../src/sandbox/state/sqlite.ts'
import {
  invoke,
  nodeHandler,
  publishFirst,
  type RunningSandbox,
  runSandbox,
} from '../end-to-end/running-sandbox.ts'
import { isAlive } from '../execution/processes.ts'
import { clientSettings } from '../serve.ts'

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'reset-'))
  onTestFinished(() => rm(made, { recursive: true }))
  return made
}

const reset = ({ sandbox }: RunningSandbox, service?: string) =>
  askSandbox(
    { port: sandbox.port, accessKey: 'test' },
    { method: 'POST', path: '/reset', patienceMs: 30_000, body: { service } },
  )

async function holdings({ lambda, logs }: RunningSandbox) {
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}))
  const { logGroups = [] } = await logs.send(new DescribeLogGroupsCommand({}))
  return [
    ...Functions.map(({ FunctionName }) => FunctionName),
    ...logGroups.map(({ logGroupName }) => logGroupName),
  ]
}

async function messages({ logs }: RunningSandbox) {
  const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/aws/lambda/shop' }))
  return events.map(({ message }) => message)
}

const codeOf = (directory: string) => readdir(join(directory, 'code')).catch(() => [])

test('a reset leaves nothing, also on disk, and the sandbox goes on', async () => {
  const directory = await folder()
  const running = await runSandbox(directory)
  await publishFirst(running, 'shop', nodeHandler('process.pid'))
  const { payload: handler } = await invoke(running, 'shop', '1')
  running.sandbox.faults.add({ kind: 'kill', target: 'other' })
  const before = await askStatus(running.sandbox.port, 'test')
  expect(before).toMatchObject({
    functions: [{ region: 'eu-west-1', name: 'shop', versions: 1 }],
    environments: 1,
    memoryBytes: expect.any(Number) as number,
    faults: [{ id: 1, kind: 'kill', target: 'other', struck: 0 }],
  })
  expect(await holdings(running)).toEqual(['shop', '/aws/lambda/shop'])
  expect(await codeOf(directory)).not.toEqual([])

  const { body } = await reset(running)
  expect(body).toMatchObject({ functions: [], environments: 0, faults: [] })
  expect(isAlive(handler as number)).toBe(false)
  expect([await holdings(running), await codeOf(directory)]).toEqual([[], []])

  await publishFirst(running, 'shop', nodeHandler('"new"'))
  expect(await invoke(running, 'shop', '1')).toMatchObject({ payload: 'new', version: '1' })
  await running.sandbox.close()
  const next = await runSandbox(directory)
  expect(await holdings(next)).toEqual(['shop', '/aws/lambda/shop'])
  expect(await invoke(next, 'shop', '1')).toMatchObject({ payload: 'new' })
})

test('a reset of one service leaves the others as they are, also on disk', async () => {
  const directory = await folder()
  const running = await runSandbox(directory)
  await publishFirst(running, 'shop', nodeHandler('process.pid'))
  const before = await invoke(running, 'shop', '1')
  running.sandbox.faults.add({ kind: 'kill', target: 'other' })

  expect((await reset(running, 'logs')).body).toMatchObject({ environments: 1, faults: [{ id: 1 }] })
  expect(await holdings(running)).toEqual(['shop'])
  expect(await invoke(running, 'shop', '1')).toEqual(before)
  await expect
    .poll(() => messages(running))
    .toEqual(['START', 'END', 'REPORT'].map((word) => expect.stringMatching(`^${word}`) as string))

  expect((await reset(running, 'lambda')).body).toMatchObject({ environments: 0, functions: [] })
  expect(isAlive(before.payload as number)).toBe(false)
  expect([await holdings(running), await codeOf(directory)]).toEqual([['/aws/lambda/shop'], []])
  await publishFirst(running, 'shop', nodeHandler('"new"'))
  await running.sandbox.close()
  const next = await runSandbox(directory)
  expect(await holdings(next)).toEqual(['shop', '/aws/lambda/shop'])
  expect(await messages(next)).toHaveLength(3)
  expect(await reset(next, 'none')).toMatchObject({
    isRefused: true,
    body: { error: { code: 'USAGE', message: 'The sandbox has no service "none".' } },
  })
})

test('requests during a reset wait for its end, and two resets follow each other', async () => {
  const running = await runSandbox()
  await running.logs.send(new CreateLogGroupCommand({ logGroupName: 'old' }))
  const [, , listed] = await Promise.all([reset(running), reset(running), holdings(running)])
  expect(listed?.filter((name) => name !== 'old')).toEqual([])
  expect(await holdings(running)).toEqual([])
})

test('a reset ends the sessions of Live Tail, which would get no event any more', async () => {
  const running = await runSandbox()
  const logs = new CloudWatchLogsClient({ ...clientSettings(running.sandbox.url), disableHostPrefix: true })
  onTestFinished(() => logs.destroy())
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'old' }))
  const logGroupIdentifiers = ['arn:aws:logs:eu-west-1:000000000000:log-group:old']
  const { responseStream = [] } = await logs.send(new StartLiveTailCommand({ logGroupIdentifiers }))
  await reset(running, 'logs')
  const members: string[] = []
  for await (const update of responseStream) members.push(...Object.keys(update))
  expect(members[0]).toBe('sessionStart')
})

test('a reset that the disk refuses forgets nothing, and handlers go on', async () => {
  const directory = await folder()
  const first = await runSandbox(directory)
  await publishFirst(first, 'shop', nodeHandler('1'))
  await invoke(first, 'shop', '1')
  await first.sandbox.close()
  const database = openSqlite(join(directory, 'state.db'))
  database.exec(`CREATE TRIGGER full BEFORE DELETE ON log_events BEGIN SELECT RAISE(ABORT, 'no room'); END`)
  database.close()

  const running = await runSandbox(directory)
  expect(await reset(running)).toMatchObject({
    isRefused: true,
    body: {
      error: {
        code: 'CONFIG_INVALID',
        message: 'The sandbox could not forget what it holds: Error: no room.',
      },
    },
  })
  expect(await holdings(running)).toEqual(['shop', '/aws/lambda/shop'])
  expect((await messages(running))[0]).toMatch('INIT_START')
  expect(await invoke(running, 'shop', '1')).toMatchObject({ payload: 1 })
  await running.sandbox.close()
  const next = await runSandbox(directory)
  expect((await messages(next))[0]).toMatch('INIT_START')
  expect(await invoke(next, 'shop', '1')).toMatchObject({ payload: 1 })
})
