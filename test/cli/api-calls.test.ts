import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Place, run } from './cli.ts'
import { operationOf } from './operation.ts'
import { startProxy } from './proxy.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'

const sandbox = useSandbox()

test('each verb makes the calls that the documentation counts', { timeout: 300_000 }, async () => {
  const service = await makeService()
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  await service.writeRelease(`alarms: [${alarm}], bake: 0s, steps: [10], every: 300s`)
  const calls: Call[] = []
  const proxy = await startProxy(sandbox().url, (_, message) => {
    calls.push({ name: operationOf(message), url: message.url ?? '' })
    return 'passes'
  })
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const counted: Record<string, string> = {}
  const first: Record<string, string[]> = {}
  for (const { verb, args, before, exit } of verbs) {
    await before?.(service, place)
    calls.length = 0
    const { exitCode, stderr } = await run(args.split(' '), place)
    expect(exitCode, `${verb}: ${stderr}`).toBe(exit ?? 0)
    counted[verb] = inWords(calls)
    first[verb] = calls
      .map(({ name }) => name)
      .filter((name) => name !== 'GetCallerIdentity')
      .slice(0, 2)
  }
  expect(counted).toEqual(documented())
  // From Enter to the alias moved; whose credentials they are is asked beside.
  expect(first['`rollback`']).toEqual(['GetAlias', 'UpdateAlias'])
})

interface Call {
  name: string
  /** With the version. */
  url: string
}

interface Verb {
  /** As the table in `docs/api-calls.md` names it. */
  verb: string
  args: string
  before?: (service: Service, place: Place) => Promise<void>
  exit?: number
}

const changed = (text: string) => (service: Service) => service.writeHandler(answering(text))

const verbs: readonly Verb[] = [
  { verb: 'the first `deploy`', args: 'deploy -e test' },
  { verb: '`deploy`, unchanged', args: 'deploy -e test' },
  { verb: '`deploy`, other code', args: 'deploy -e test', before: changed('two') },
  { verb: '`canary --dry-run`', args: 'canary hello -e test --dry-run', before: changed('three') },
  { verb: '`canary --detach`', args: 'canary hello -e test --detach', exit: 8 },
  { verb: '`canary resume --detach`, nothing due', args: 'canary resume hello -e test --detach', exit: 8 },
  { verb: '`canary status`', args: 'canary status hello -e test' },
  { verb: '`canary report`', args: 'canary report hello -e test' },
  { verb: '`canary pause`', args: 'canary pause hello -e test' },
  { verb: '`canary approve`', args: 'canary approve hello -e test' },
  { verb: '`canary promote`', args: 'canary promote hello -e test' },
  { verb: '`rollback`', args: 'rollback hello -e test' },
  { verb: '`status`', args: 'status hello -e test' },
  { verb: '`history`', args: 'history hello -e test' },
  { verb: '`doctor`', args: 'doctor hello -e test' },
  { verb: '`versions list`', args: 'versions list hello -e test' },
  { verb: '`versions show`', args: 'versions show hello live -e test' },
  { verb: '`versions prune --dry-run`', args: 'versions prune hello -e test --keep 1 --dry-run' },
  { verb: '`list`', args: 'list -e test' },
  { verb: '`invoke`', args: 'invoke hello -e test' },
  {
    verb: '`canary abort`',
    args: 'canary abort hello -e test',
    before: async (service, place) => {
      await service.writeHandler(answering('four'))
      await run(['canary', 'hello', '-e', 'test', '--detach'], place)
    },
  },
  { verb: '`concurrency show`', args: 'concurrency show hello -e test' },
  { verb: '`concurrency stop`', args: 'concurrency stop hello -e test --reason loops' },
  { verb: '`destroy`', args: 'destroy -e test --yes' },
]

/**
 * `GetAlias ×2, UpdateAlias`, by name. While Lambda works on a version, GetFunction asks for the same one again and again,
 * which counts once. So do the calls of IAM, which grow with the table of permissions.
 */
function inWords(made: readonly Call[]): string {
  const calls = made
    .filter(({ name, url }, index) => name !== 'GetFunction' || made[index - 1]?.url !== url)
    .map(({ name }) => name)
    .filter((name, index, all) => name !== 'IAM' || all.indexOf(name) === index)
  const names = [...new Set(calls)].toSorted()
  return names
    .map((name) => ({ name, count: calls.filter((call) => call === name).length }))
    .map(({ name, count }) => (count === 1 ? name : `${name} ×${count}`))
    .join(', ')
}

/** The table's rows: verb and calls. */
function documented(): Record<string, string> {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'api-calls.md'), 'utf8')
  const rows = page.matchAll(/^\| (?<verb>[^|]*`[^|]*) \| (?<calls>[^|]+) \|$/gm)
  return Object.fromEntries(
    Array.from(rows, ({ groups }) => [groups?.['verb'] ?? '', groups?.['calls'] ?? '']),
  )
}
