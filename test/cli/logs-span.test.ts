import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { expect, test } from 'vitest'
import { run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

/** Logs errors as a JSON logger does: for each order with other words around them. */
const handler = `export const handler = async ({ smoke, order }) => {
  if (smoke) return 'alive'
  console.error(JSON.stringify({ time: Date.now(), level: 'error', msg: 'no "stock"', order }))
  console.error('no price', { message: 'for this order', order: 1 })
  console.log('apart')
}
`

/** Makes a function whose versions 1 and 2 were called; version 2 is the candidate of a release that was aborted. */
async function deployed() {
  const service = await makeService()
  await service.writeHandler(handler)
  const place = await sandbox().deployFirst(service)
  return { place, service }
}

const commands = {
  logs: ['logs', 'hello', '-e', 'test', '--no-follow'],
  requests: ['logs', 'requests', 'hello', '-e', 'test'],
  errors: ['logs', 'errors', 'hello', '-e', 'test'],
  query: ['logs', 'query', 'hello', '-e', 'test', '--saved', 'errors'],
}

test('a span that is none, and a version that is not there, get a sentence and the next step', async () => {
  const { place } = await deployed()
  for (const command of Object.values(commands)) {
    const ahead = await runTo(2, [...command, '--since', '2999-01-01T00:00Z'], place)
    expect(ahead.stderr).toMatch(/--since is 2999-01-01 .*, which lies ahead: it is .*\n.*→ Give a time/)
    const turned = await runTo(2, [...command, '--since', '1h', '--until', '2h'], place)
    expect(turned.stderr).toMatch(/--until is .*, which is not after --since, .*\n.*→ Give a later --until/)
    const unknown = await runTo(2, [...command, '--since', 'yesterday'], place)
    expect(unknown.stderr).toContain('A time looks like 10m, 1d, 03:40')
    if (command === commands.query) continue
    const missing = await runTo(4, [...command, '--version', '99'], place)
    expect(missing.stderr).toContain('There is no version 99 of hello, and the logs have no line of one.')
    expect(missing.stderr).toContain('→ See the versions: lambdactl status')
  }
  const json = await run(['logs', 'hello', '-e', 'test', '--json', '--fields', 'level,msg'], place)
  expect(json.exitCode).toBe(2)
  expect(json.stdout).toContain('--output ndjson --fields level,msg')
  for (const fields of ['', 'level,,msg']) {
    const empty = await runTo(2, ['logs', 'hello', '-e', 'test', '--fields', fields], place)
    expect(empty.stderr).toContain('Expected names of fields with commas between them')
  }
})

test('requests and errors are chosen by the part that a version has now, and since the last release', async () => {
  const { place, service } = await deployed()
  const invoke = () => runTo(0, ['invoke', 'hello', '-e', 'test', '--payload', '{}'], place)
  await invoke()
  const versionsOf = async (...flags: string[]) => {
    const { stdout } = await runTo(0, [...commands.requests, ...flags, '--json'], place)
    const { requests } = JSON.parse(stdout) as { requests: { version: string }[] }
    return new Set(requests.map(({ version }) => version))
  }
  await service.writeHandler(`${handler}// two`)
  const canary = ['canary', 'hello', '-e', 'test', '--steps', '1 for 1h', '--breakglass', 'why']
  expect((await run([...canary, '--detach'], place)).exitCode).toBe(8)
  expect(await versionsOf('--stable')).toEqual(new Set(['1']))
  // The smoke event of the candidate.
  expect(await versionsOf('--candidate')).toEqual(new Set(['2']))
  expect(await versionsOf('--since', 'deploy')).toEqual(new Set())
  await invoke()
  expect((await versionsOf('--since', 'deploy')).size).toBe(1)
  const { stdout } = await runTo(0, [...commands.errors, '--candidate'], place)
  expect(stdout).toMatch(/^hello {2}no failure in \d requests? of version 2 since /)

  // Each of these lines has another time in it.
  const grouped = await runTo(0, [...commands.query, '--output', 'csv'], place)
  expect(grouped.stdout).toMatch(/\n"no \S+stock\S+",\d+,/)
  expect(grouped.stdout).toMatch(/\n"no price /)
  expect(grouped.stdout.trimEnd().split('\n')).toHaveLength(3)

  await runTo(0, ['canary', 'abort', 'hello', '-e', 'test'], place)
  const gone = await runTo(4, [...commands.errors, '--candidate'], place)
  expect(gone.stderr).toContain(`Alias live of ${service.lambdaName} has no candidate now.`)
  expect(gone.stderr).toContain('→ Name the candidate of the last release: --version 2')
})

test('a function that has logged nothing yet is told, with how to invoke it', async () => {
  const { place, service } = await deployed()
  const logGroupName = `/aws/lambda/${service.lambdaName}`
  const logs = new CloudWatchLogsClient({
    region: 'eu-west-1',
    endpoint: sandbox().url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  })
  await logs.send(new DeleteLogGroupCommand({ logGroupName }))
  logs.destroy()
  for (const command of [commands.requests, commands.errors, commands.query]) {
    const { stderr } = await runTo(4, command, place)
    expect(stderr).toContain(
      `There is no log group ${logGroupName}: ${service.lambdaName} has logged nothing yet.`,
    )
    expect(stderr).toContain('→ Invoke it first: lambdactl invoke hello --env test')
  }
})
