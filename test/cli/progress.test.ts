import { expect, test } from 'vitest'
import { eventsOf, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'
import { ctrlC, type OnTerminal, startOnTerminal } from './terminal.ts'

const sandbox = useSandbox()

const escape = '\u001B'
const hidesCursor = `${escape}[?25l`
const showsCursor = `${escape}[?25h`

/** Three functions; the build of one, `slow`, waits until it may go. */
async function three() {
  const service = await makeService()
  const source = (name: string) =>
    `${name}: {source: ${name}, runtime: nodejs24.x, handler: index.handler, bundle: false`
  const build = '[sh, -c, "until test -e go; do sleep 0.1; done"]'
  await service.write({ 'cart/index.mjs': answering('cart'), 'slow/index.mjs': answering('slow') })
  await service.writeFunction(`${source('cart')}}\n  ${source('slow')}, build: ${build}}`)
  return { ...service, mayGo: () => service.write({ go: '' }) }
}

/** All output on the screen, after an exit with this code that gave the terminal back. */
async function endOf({ ended }: OnTerminal, exitCode: number): Promise<string> {
  const finished = await ended
  expect(finished).toMatchObject({ exitCode, stderr: expect.stringMatching(/^restored$/m) as string })
  return finished.stdout
}

test('what takes over a second shows on a terminal a row for each function, and gives the terminal back', async () => {
  const service = await three()
  const deploy = startOnTerminal(['deploy', '-e', 'test'], sandbox().place(service, { NO_COLOR: '1' }))
  await deploy.says(/· .*hello.*waiting for the others/)
  await deploy.says(/● .*slow .*building with sh/)
  await service.mayGo()
  const screen = await endOf(deploy, 0)
  expect(screen).toMatch(/cart.* {2}done: live is on version 1/)
  expect(screen).not.toContain('packaged 1 file')
  expect(screen.lastIndexOf(showsCursor)).toBeGreaterThan(screen.lastIndexOf(hidesCursor))
  const results = ['hello', 'cart', 'slow'].map((name) => `${name}: version 1 has 100% of live\r\n`)
  expect(screen).toContain(results.join(''))
})

test.each([
  ['TERM=dumb has lines', { TERM: 'dumb' }, { draws: false, colours: false }],
  ['CI has lines', { CI: 'true' }, { draws: false, colours: false }],
  ['NO_COLOR has rows without colours', { NO_COLOR: '1' }, { draws: true, colours: false }],
  ['none of them has rows with colours', {}, { draws: true, colours: true }],
] as const)('a terminal with %s', async (_, variables, expected) => {
  const service = await three()
  const deploy = startOnTerminal(['deploy', '-e', 'test'], sandbox().place(service, variables))
  await deploy.says(expected.draws ? /●.*slow.*building with sh/ : /slow {2}building with sh/)
  await service.mayGo()
  const screen = await endOf(deploy, 0)
  expect(screen).toContain('done: live is on version 1')
  const cyan = `${escape}[36m`
  expect({ draws: screen.includes(hidesCursor), colours: screen.includes(cyan) }).toEqual(expected)
})

test('Ctrl-C while they are packaged leaves the aliases and the terminal as they were: exit 130', async () => {
  const service = await three()
  const deploy = startOnTerminal(['deploy', '-e', 'test'], sandbox().place(service, { NO_COLOR: '1' }))
  await deploy.says(/● .*slow .*building with sh/)
  deploy.type(ctrlC)
  const screen = await endOf(deploy, 130)
  expect(screen).toContain('Interrupted before any traffic moved: the alias did not change.')
  expect(screen.lastIndexOf(showsCursor)).toBeGreaterThan(screen.lastIndexOf(hidesCursor))
})

test('package shows its rows too', async () => {
  const service = await three()
  const made = startOnTerminal(['package', '-e', 'test'], sandbox().place(service, { NO_COLOR: '1' }))
  await made.says(/✔ .*hello.*packaged 1 file, .* zipped/)
  await made.says(/● .*slow .*building with sh/)
  await service.mayGo()
  expect(await endOf(made, 0)).toMatch(/slow\r?\n {2}digest/)
})

test('a pipe gets plain lines, each step with its time and function, and no control characters', async () => {
  const service = await three()
  await service.mayGo()
  const { stderr } = await runTo(0, ['deploy', '-e', 'test'], sandbox().place(service))
  expect(stderr).not.toContain(escape)
  const steps = [
    'building with sh',
    'packaged 1 file, \\d+ B zipped, digest [0-9a-f]{12}',
    'created the function',
    'published version 1',
    'plan: all-at-once \\w+ puts live on version 1',
    'shifted live: 100% on version 1',
    'done: live is on version 1',
  ]
  const ofSlow = stderr.split('\n').filter((line) => / slow {2}/.test(line))
  const places = steps.map((step) =>
    ofSlow.findIndex((line) =>
      new RegExp(`^(?:[\\d-]{10} )?[\\d:]{8}(?:Z|[+-][\\d:]{5}) slow {2}${step}`).test(line),
    ),
  )
  expect(places).not.toContain(-1)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('--json has an event for each stage', async () => {
  const service = await three()
  await service.mayGo()
  const deployed = await runTo(0, ['deploy', '-e', 'test', '--json'], sandbox().place(service))
  const stages = eventsOf(deployed)
    .filter((event) => event.event === 'stage' && event['function'] === 'cart')
    .map((event) => event['stage'])
  // The others are waited for after each phase.
  const local = ['packaging', 'waiting', 'comparing', 'loading', 'waiting', 'proving', 'waiting']
  const changing = ['uploading', 'updating', 'updating', 'publishing']
  expect(stages).toEqual([...local, ...changing, 'waiting', 'trying', 'waiting', 'shifting'])
})
