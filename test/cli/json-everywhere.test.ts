import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sdkPackages } from '../../src/packaging/runtime-sdk/install-sdk.ts'
import { runtimeSdks } from '../../src/packaging/runtime-sdk/runtime-sdks.ts'
import { eventsOf, type Finished, type Place, run, start } from './cli.ts'
import { type TestSandbox, useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'

const sandbox = useSandbox()

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../oclif.manifest.json'), 'utf8')) as {
  commands: Record<string, unknown>
}
const ids = Object.keys(manifest.commands)

/** These write events, a line each, the last one with how it ended; all others write one document. */
const streaming = [
  'deploy',
  'canary',
  'canary:resume',
  'canary:wait',
  'dev',
  'logs',
  'logs:tail',
  'sandbox:start',
  'sandbox:traffic',
]

/** The one document of a command, or the one ending of its events. stderr is silent. */
function documentOf(id: string, finished: Finished): Record<string, unknown> {
  expect(finished.stderr).toBe('')
  if (!streaming.includes(id)) return JSON.parse(finished.stdout) as Record<string, unknown>
  const endings = eventsOf(finished).filter(({ event }) => event === 'result' || event === 'error')
  expect(endings.length).toBeLessThanOrEqual(1)
  return endings[0] ?? {}
}

test.each(ids)('%s --json says in JSON what is wrong', async (id) => {
  const { folder: cwd } = await makeService()
  const place = sandbox().place({ folder: cwd })
  const failed = await run([...id.split(':'), '--json', '--no-such-flag'], place)
  const document = documentOf(id, failed)
  const error = document['error'] ?? document
  expect(error).toMatchObject({ code: 'USAGE', exitCode: 2, message: 'There is no flag --no-such-flag.' })
  expect(failed.exitCode).toBe(2)
})

/** The needs of a command that succeeds: more words, an exit code other than 0, and the work before it. */
interface Success {
  words?: string[] | ((service: Service) => string[])
  /** Words of another use. */
  also?: string[]
  exitCode?: number
  /** Whether it can only fail at a sandbox. */
  fails?: true
  before?: (made: Made) => Promise<unknown>
}

interface Made {
  place: Place
  service: Service
  aws: TestSandbox
}

const test1 = ['hello', '-e', 'test']

/** In this order, since each needs what those before it have made. */
const successes: Record<string, Success> = {
  schema: {},
  help: {},
  completion: { words: ['bash'] },
  init: { words: ['made'], also: ['made', '--ci', 'github'] },
  trust: {},
  'sandbox:status': {},
  'sandbox:stop': {},
  'sandbox:fault': { words: ['kill', 'nobody'], before: async ({ place, aws }) => aws.leaveKey(place) },
  'sandbox:fault:list': {},
  'sandbox:fault:clear': {},
  package: {},
  deploy: { words: ['-e', 'test'] },
  invoke: { words: test1 },
  'sandbox:traffic': { words: ({ lambdaName }) => [`${lambdaName}:live`, '--for', '1s', '--rate', '2'] },
  'sandbox:event': { words: ({ lambdaName }) => ['sqs', `${lambdaName}:live`] },
  'concurrency:show': { words: test1 },
  'concurrency:reserve': { words: ['hello', '5', '-e', 'test'] },
  'concurrency:provision': { words: ['hello', 'none', '-e', 'test', '--version', '1'] },
  'concurrency:recommend': { words: test1 },
  'concurrency:autoscale': { words: [...test1, '--min', '0', '--max', '2', '--dry-run'] },
  'concurrency:stop': { words: [...test1, '--reason', 'it loops'] },
  'concurrency:start': { words: test1 },
  diff: { words: ['-e', 'test'], before: ({ service }) => service.writeHandler(answering('two')) },
  canary: { words: [...test1, '--detach', '--steps', '10', '--every', '1s', '--bake', '1s'], exitCode: 8 },
  'canary:pause': { words: test1 },
  'canary:status': { words: test1 },
  'canary:report': { words: test1 },
  'canary:approve': { words: test1 },
  'canary:promote': { words: test1 },
  'canary:resume': { words: test1 },
  'canary:wait': { words: test1 },
  'canary:abort': {
    words: test1,
    async before({ service, place }) {
      await service.writeHandler(answering('three'))
      await run(['canary', ...test1, '--detach'], place)
    },
  },
  'alarms:list': { words: ['-e', 'test'] },
  'alarms:test': {
    words: [...test1, '--dry-run'],
    async before({ aws, service }) {
      await aws.alarm(`${service.lambdaName}-quiet`, 'OK', {
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Dimensions: [{ Name: 'FunctionName', Value: service.lambdaName }],
      })
    },
  },
  'alarms:ensure': { words: ['-e', 'test', '--dry-run'] },
  'versions:list': { words: test1 },
  'versions:show': { words: ['hello', 'live', '-e', 'test'] },
  list: { words: ['-e', 'test'] },
  open: { words: test1, exitCode: 2, fails: true },
  'versions:prune': { words: [...test1, '--yes'] },
  'triggers:list': { words: test1 },
  'triggers:point': { words: [...test1, '--all'] },
  'triggers:pause': { words: [...test1, '--reason', 'it loops'] },
  'triggers:resume': { words: test1 },
  'versions:diff': { words: ['hello', '1', 'live', '-e', 'test'] },
  status: { words: ['-e', 'test'] },
  metrics: { words: test1 },
  doctor: { words: ['-e', 'test'] },
  cost: {
    words: ['--requests', '3M', '--duration', '200ms', '--memory', '512', '--region', 'eu-west-1'],
  },
  'cold-starts': { words: test1 },
  'iam:policy': { words: ['-e', 'test'] },
  history: { words: ['-e', 'test'] },
  logs: { words: [...test1, '--no-follow'] },
  'logs:query': { words: [...test1, 'fields @message | limit 1'] },
  rollback: { words: test1 },
  'logs:tail': { words: [...test1, '--no-follow'] },
  'logs:requests': { words: test1 },
  'logs:errors': { words: test1 },
  'sandbox:install-sdk': {
    words: ['nodejs'],
    // Its packages are there already: npm's registry is for no test.
    async before({ place }) {
      const cache = join(place.env['HOME'] ?? '', '.cache', 'lambdactl')
      const packages = await sdkPackages(runtimeSdks.nodejs, { LAMBDACTL_CACHE_DIR: cache })
      await mkdir(packages ?? '', { recursive: true, mode: 0o700 })
    },
  },
  destroy: { words: ['-e', 'test', '--dry-run'] },
  add: { words: ['another'] },
  'sandbox:reset': {},
}

test.each(['version', '--version', '-v'])('%s --json is a document too', async (word) => {
  const { folder: cwd } = await makeService()
  const finished = await run([word, '--json'], sandbox().place({ folder: cwd }))
  expect(finished).toMatchObject({ exitCode: 0, stderr: '' })
  expect(JSON.parse(finished.stdout)).toMatchObject({ version: expect.stringMatching(/^\d/) as string })
})

test('each command of the manifest is tried here, except dev, which has a file of its own', () => {
  expect([...Object.keys(successes), 'dev', 'sandbox:start'].toSorted()).toEqual(ids.toSorted())
})

test('each command --json says in JSON what came of it', async () => {
  const service = await makeService()
  const aws = sandbox()
  const alarm = await aws.alarm(`${service.lambdaName}-errors`)
  await service.writeRelease(`alarms: [${alarm}], steps: [10]`)
  const place = aws.place(service)
  for (const [id, { words = [], also, exitCode = 0, fails, before }] of Object.entries(successes)) {
    await before?.({ place, service, aws })
    for (const said of [typeof words === 'function' ? words(service) : words, ...(also ? [also] : [])]) {
      const finished = await run([...id.split(':'), ...said, '--json'], place)
      expect(finished.exitCode, `${id}: ${finished.stdout}${finished.stderr}`).toBe(exitCode)
      expect(Object.keys(documentOf(id, finished)).includes('error')).toBe(fails === true)
    }
  }
})

test('sandbox start --json says in one line where it listens', async () => {
  const service = await makeService()
  const started = start(['sandbox', 'start', '--port', '0', '--json'], sandbox().place(service))
  await started.says(/\n/)
  started.child.kill('SIGINT')
  expect(eventsOf(await started.ended)[0]).toMatchObject({ event: expect.any(String) as string })
})
