import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isAlive } from '../sandbox/execution/processes.ts'
import { entriesOf, eventsOf, run, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'

const sandbox = useSandbox()
const quick = ['--steps', '10,50', '--every', '1s', '--bake', '1s']

/** Writes its facts beside lambdactl.yaml and what it is called with, and ends as the script for its step says. */
function hook(script: string): string {
  return `import { appendFileSync, writeFileSync } from 'node:fs'
const { LAMBDACTL_HOOK: hook, LAMBDACTL_STEP: step } = process.env
const facts = Object.entries(process.env).filter(([name]) => /^(LAMBDACTL_|SHOP_)/.test(name)).sort()
appendFileSync('ran.jsonl', JSON.stringify([process.argv.slice(2), Object.fromEntries(facts)]) + '\\n')
${script}
`
}

/** A service with a version to release and these hooks, all of them the same program. */
async function hooked(points: readonly string[], script: string, more = '') {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const written = (point: string) => `${point}: {run: [node, hook.mjs, "\${function}", "$HOME"]${more}}`
  await service.writeRelease(`alarms: [${alarm}], hooks: {${points.map(written).join(', ')}}`)
  await service.write({ 'hook.mjs': hook(script) })
  return { service, place: { ...place, env: { ...place.env, SHOP_TOKEN: 'of-the-process' } }, alarm }
}

function ran({ folder }: Service): [string[], Record<string, string>][] {
  const lines = readFileSync(join(folder, 'ran.jsonl'), 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as [string[], Record<string, string>])
}

const all = ['confirm-rollout', 'before-shift', 'after-shift', 'before-promote', 'after-rollback']

test('hooks that pass let a canary through, each with the facts of its moment', async () => {
  const { service, place } = await hooked(all, '')
  const { stderr } = await runTo(0, ['canary', 'hello', '-e', 'test', ...quick], place)
  const hooks = ran(service)
  expect(
    hooks.map(([, { LAMBDACTL_HOOK, LAMBDACTL_STEP, LAMBDACTL_PERCENT }]) => [
      LAMBDACTL_HOOK,
      LAMBDACTL_STEP,
      LAMBDACTL_PERCENT,
    ]),
  ).toEqual([
    ['confirm-rollout', '0', '0'],
    ['before-shift', '1', '10'],
    ['after-shift', '1', '10'],
    ['before-shift', '2', '50'],
    ['after-shift', '2', '50'],
    ['before-promote', '2', '100'],
    ['after-shift', '2', '100'],
  ])
  const { description } = await sandbox().expectAlias(service.lambdaName, '2')
  expect(hooks[0]).toEqual([
    ['hello', '$HOME'],
    {
      LAMBDACTL_ALIAS: 'live',
      LAMBDACTL_CANDIDATE: '2',
      LAMBDACTL_ENV: 'test',
      LAMBDACTL_FUNCTION: 'hello',
      LAMBDACTL_HOOK: 'confirm-rollout',
      LAMBDACTL_LAMBDA_NAME: service.lambdaName,
      LAMBDACTL_PERCENT: '0',
      LAMBDACTL_RELEASE: /^lambdactl canary (\w+)/.exec(description)?.[1],
      LAMBDACTL_STABLE: '1',
      LAMBDACTL_STEP: '0',
      LAMBDACTL_STEPS: '2',
      LAMBDACTL_STRATEGY: 'canary',
      SHOP_TOKEN: 'of-the-process',
    },
  ])
  expect(stderr).toMatch(/hook after-shift started\n/)
  expect(stderr).toMatch(/hook after-shift passed in \d+\.\d s\n/)
  expect(stderr).toContain(`, with hooks at ${all.join(', ')}`)
})

test('one that fails before anything moved: exit 6, and what it said', async () => {
  const { service, place } = await hooked(
    ['confirm-rollout'],
    String.raw`console.log('migrating\n\x1b[31mdatabase is behind'); process.exit(3)`,
  )
  const before = await sandbox().alias(service.lambdaName)
  const { stderr } = await runTo(6, ['canary', 'hello', '-e', 'test', ...quick], place)
  expect(stderr).toMatch(
    /hook confirm-rollout FAILED after .*: hook confirm-rollout exited with 3: database is behind\n/,
  )
  expect(stderr).toMatch(/ {2}\| migrating\n/)
  expect(stderr).toContain('Error: Version 2 got no traffic, since hook confirm-rollout exited with 3')
  expect(await sandbox().alias(service.lambdaName)).toEqual(before)
  const history = await runTo(0, ['history', 'hello', '-e', 'test', '--json'], place)
  expect(entriesOf(history)).toHaveLength(1)
})

test('one that fails before a later shift rolls back: exit 7; the hook after it runs; the journal has what it said', async () => {
  const { service, place } = await hooked(
    ['before-shift', 'after-rollback'],
    `if (hook === 'before-shift' && step === '2') { console.log('orders are lost'); process.exit(1) }`,
  )
  const finished = await run(['canary', 'hello', '-e', 'test', ...quick, '--json'], place)
  expect(finished.exitCode).toBe(7)
  const reason = 'hook before-shift exited with 1: orders are lost'
  const { description } = await sandbox().expectAlias(service.lambdaName, '1')
  expect(description).toMatch(/\| rolled-back 1\/2 \|/)
  expect(description).toContain(reason)
  expect(ran(service).at(-1)?.[1]).toMatchObject({
    LAMBDACTL_HOOK: 'after-rollback',
    LAMBDACTL_REASON: reason,
    LAMBDACTL_PERCENT: '0',
  })
  expect(eventsOf(finished).filter(({ event }) => event === 'hook')).toContainEqual(
    expect.objectContaining({ hook: 'before-shift', state: 'failed', output: 'orders are lost\n' }),
  )
  const entries = await sandbox().journalOf(/^lambdactl canary (\w+)/.exec(description)?.[1] ?? '')
  expect(entries.filter(({ kind }) => kind === 'hook')).toMatchObject([
    { point: 'before-shift', phase: 'preflight', outcome: 'pass', exitCode: 0 },
    {
      point: 'before-shift',
      phase: 'shifting',
      step: 1,
      outcome: 'fail',
      exitCode: 1,
      output: 'orders are lost\n',
    },
    { point: 'after-rollback', phase: 'rolled-back', outcome: 'pass' },
  ])
  expect(JSON.stringify(entries)).not.toContain('hook.mjs')
  expect(JSON.stringify(entries)).not.toContain('of-the-process')
})

test('a time-out pauses, and nothing of the hook is left: exit 8', async () => {
  const { service, place } = await hooked(
    ['after-shift'],
    `writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000)`,
    ', timeout: 2s',
  )
  const { stderr } = await runTo(8, ['canary', 'hello', '-e', 'test', ...quick], place)
  expect(stderr).toContain('its gates are inconclusive: hook after-shift was not done within 2 s')
  expect(await sandbox().alias(service.lambdaName)).toMatchObject({ version: '1', weights: { '2': 0.1 } })
  expect(isAlive(Number(readFileSync(join(service.folder, 'pid'), 'utf8')))).toBe(false)
})

const endless = `writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000)`

async function pidOnceStarted({ folder }: Service): Promise<number> {
  const file = join(folder, 'pid')
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8'), { timeout: 20_000 }).toMatch(/\d/)
  return Number(readFileSync(file, 'utf8'))
}

test.each([
  ['SIGINT', { exitCode: 130, signal: null }],
  ['SIGHUP', { exitCode: null, signal: 'SIGHUP' }],
] as const)('%s leaves nothing of a hook that runs', async (signal, expected) => {
  const { service, place } = await hooked(['after-shift'], endless)
  const canary = start(['canary', 'hello', '-e', 'test', ...quick], place)
  const pid = await pidOnceStarted(service)
  expect(isAlive(pid)).toBe(true)
  canary.child.kill(signal)
  expect(await canary.ended).toMatchObject(expected)
  await expect.poll(() => isAlive(pid)).toBe(false)
})

test('nor does a second interrupt, which does not wait for a hook that does not listen', async () => {
  const { service, place } = await hooked(['after-shift'], `process.on('SIGTERM', () => {}); ${endless}`)
  const canary = start(['canary', 'hello', '-e', 'test', ...quick], place)
  const pid = await pidOnceStarted(service)
  canary.child.kill('SIGINT')
  await canary.says(/rolled back/)
  canary.child.kill('SIGINT')
  expect((await canary.ended).exitCode).toBe(130)
  await expect.poll(() => isAlive(pid)).toBe(false)
})

test('a tick runs the hooks of its own lambdactl.yaml, also where the rest of it can not be resolved', async () => {
  const { service, place } = await hooked(['before-promote'], '')
  const canary = ['canary', 'hello', '-e', 'test', '--steps', '10', '--every', '1s', '--bake', '1s']
  expect((await run([...canary, '--detach'], place)).exitCode).toBe(8)
  await service.writeRelease(`hooks: {before-promote: [node, hook.mjs, ticked]}`)
  await service.writeEnvironment('functions: {hello: {role: "${env:NO_SUCH_VARIABLE}"}}')
  const resumed = await runTo(0, ['canary', 'resume', 'hello', '-e', 'test', '--json'], place)
  expect(eventsOf(resumed).filter(({ event }) => event === 'hook')).toMatchObject([
    { hook: 'before-promote', state: 'started' },
    { hook: 'before-promote', state: 'passed' },
  ])
  expect(ran(service).map(([args]) => args)).toEqual([['ticked']])
})

test('a tick whose lambdactl.yaml has no such hook pauses rather than going past it', async () => {
  const { service, place } = await hooked(['before-promote'], '')
  const canary = ['canary', 'hello', '-e', 'test', '--steps', '10', '--every', '1s', '--bake', '1s']
  expect((await run([...canary, '--detach'], place)).exitCode).toBe(8)
  await service.writeRelease('bake: 1s')
  const { stderr } = await runTo(8, ['canary', 'resume', 'hello', '-e', 'test'], place)
  expect(stderr).toContain('hook before-promote is not in this configuration file')
  const { weights } = await sandbox().alias(service.lambdaName)
  expect(weights).toEqual({ '2': 0.1 })
})

test('deploy runs them too, and a dry run only names them', async () => {
  const { service, place } = await hooked(['before-promote', 'after-shift'], '')
  const planned = await runTo(0, ['deploy', '-e', 'test', '--dry-run'], place)
  expect(planned.stderr).toContain('with hooks at after-shift, before-promote')
  expect(existsSync(join(service.folder, 'ran.jsonl'))).toBe(false)
  await service.writeRelease(
    `bake: 0s, hooks: {before-promote: [node, hook.mjs], after-shift: [node, hook.mjs]}`,
  )
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect(ran(service).map(([, { LAMBDACTL_HOOK }]) => LAMBDACTL_HOOK)).toEqual([
    'before-promote',
    'after-shift',
  ])
  await sandbox().expectAlias(service.lambdaName, '2')
})
