import { describe, expect, test } from 'vitest'
import type { Finished } from './cli.ts'
import { startProxy } from './proxy.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'
import { ctrlC, type OnTerminal, startOnTerminal } from './terminal.ts'

const sandbox = useSandbox()
const question = /Interrupted\. \[p\]ause here, \[r\]oll back, \[d\]etach, or \[g\]o on\?/

interface Settings {
  flags?: string[]
  variables?: NodeJS.ProcessEnv
  shell?: string[]
}

/** A canary on a terminal, half of whose traffic is on version 2. */
async function canaryOnTerminal({ flags = [], variables, shell }: Settings = {}) {
  const service = await makeService()
  await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const args = ['canary', 'hello', '-e', 'test', '--steps', '50', '--alarm', alarm]
  const canary = startOnTerminal([...args, ...flags], sandbox().place(service, variables), shell)
  await canary.says(/gate pass/)
  return { canary, alarm, alias: () => sandbox().alias(service.lambdaName) }
}

/** Its end, with the terminal as it was before. */
async function expectEnd({ ended }: OnTerminal, exitCode: number): Promise<Finished> {
  const finished = await ended
  expect(finished).toMatchObject({ exitCode, stderr: expect.stringMatching(/^restored$/m) as string })
  return finished
}

describe('Ctrl-C during a step asks, and', () => {
  test('p pauses where it is: exit 130, with the commands to go on', async () => {
    const { canary, alias } = await canaryOnTerminal()
    canary.type(ctrlC)
    await canary.says(question)
    canary.type('p')
    const { stdout } = await expectEnd(canary, 130)
    expect(stdout).toContain('lambdactl canary approve hello --env test')
    const { version, weights, description } = await alias()
    expect({ version, weights }).toEqual({ version: '1', weights: { '2': 0.5 } })
    expect(description).toMatch(/\| paused 1\/1 \|.*\| interrupted by the user$/)
  })

  test('r rolls back, though something else was typed before the question', async () => {
    const { canary, alias } = await canaryOnTerminal()
    canary.type('p\n')
    // The terminal itself drops what was typed before a Ctrl-C; a signal leaves it.
    await canary.signal('SIGINT')
    await canary.says(question)
    canary.type('r')
    const { stdout } = await expectEnd(canary, 130)
    expect(stdout).toContain('rolled back: live is on version 1, weights cleared')
    expect(await alias()).toMatchObject({ version: '1', weights: {} })
  })

  test('d leaves the release as it stands: exit 8, with the commands to go on', async () => {
    const { canary, alias } = await canaryOnTerminal({ flags: ['--every', '1h'] })
    canary.type(ctrlC)
    await canary.says(question)
    const before = await alias()
    canary.type('d')
    const { stdout } = await expectEnd(canary, 8)
    expect(stdout).toContain('lambdactl canary resume hello --env test --detach')
    expect(await alias()).toEqual(before)
    expect(before).toMatchObject({ version: '1', weights: { '2': 0.5 } })
  })

  test('nothing moves on before the answer; then g goes on to the end', async () => {
    const { canary, alias } = await canaryOnTerminal({ flags: ['--every', '2s', '--bake', '0s'] })
    canary.type(ctrlC)
    await canary.says(question)
    // The step is over by then.
    await new Promise((resolve) => void setTimeout(resolve, 4000))
    expect(await alias()).toMatchObject({ version: '1', weights: { '2': 0.5 } })
    canary.type('g')
    await expectEnd(canary, 0)
    expect(await alias()).toMatchObject({ version: '2', weights: {} })
  })

  test('g goes on to the end', async () => {
    const { canary, alias } = await canaryOnTerminal({ flags: ['--every', '4s', '--bake', '1s'] })
    canary.type(ctrlC)
    await canary.says(question)
    canary.type('g')
    await expectEnd(canary, 0)
    expect(await alias()).toMatchObject({ version: '2', weights: {} })
  })

  test('Ctrl-C again rolls back, and a third one leaves at once while AWS does not answer', async () => {
    const proxy = await startProxy(sandbox().url)
    const { canary, alias } = await canaryOnTerminal({ variables: { AWS_ENDPOINT_URL: proxy.url } })
    canary.type(ctrlC)
    await canary.says(question)
    proxy.fallSilent()
    await proxy.unanswered
    canary.type(ctrlC)
    await canary.says(/interrupted: rolling back\. Interrupt again to leave at once/)
    canary.type(ctrlC)
    await expectEnd(canary, 130)
    expect(await alias()).toMatchObject({ version: '1', weights: { '2': 0.5 } })
  })

  test('an alarm that fires meanwhile rolls back: exit 7, and nothing is asked any more', async () => {
    const { canary, alarm, alias } = await canaryOnTerminal()
    canary.type(ctrlC)
    await canary.says(question)
    await sandbox().setAlarm(alarm, 'ALARM')
    await expectEnd(canary, 7)
    expect(await alias()).toMatchObject({ version: '1', weights: {} })
  })
})

describe('nothing is asked', () => {
  test.each<[string, Settings, RegExp]>([
    ['with --on-interrupt', { flags: ['--on-interrupt', 'pause'] }, /interrupted: pausing/],
    ['in CI', { variables: { CI: 'true' } }, /interrupted: rolling back/],
  ])('%s', async (_, settings, told) => {
    const { canary } = await canaryOnTerminal(settings)
    canary.type(ctrlC)
    const { stdout } = await expectEnd(canary, 130)
    expect(stdout).toMatch(told)
    expect(stdout).not.toMatch(question)
  })

  test('of a process in the background, which must not use the keyboard', async () => {
    const shell = ['bash', '-mc', '"$@" & echo "in the background: $!"; wait $!', 'bash']
    const { canary } = await canaryOnTerminal({ shell })
    const [, pid] = await canary.says(/in the background: (\d+)/)
    process.kill(Number(pid), 'SIGINT')
    const { stdout } = await expectEnd(canary, 130)
    expect(stdout).toMatch(/interrupted: rolling back/)
    expect(stdout).not.toMatch(question)
  })
})
