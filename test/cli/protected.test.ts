import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Place, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'
import { startOnTerminal } from './terminal.ts'

const sandbox = useSandbox()

const hello = ['hello', '-e', 'test']

/** A deployed service whose environment is protected from now on. */
async function protectedService(): Promise<{ service: Service; place: Place }> {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const alarm = await sandbox().alarm(`${service.lambdaName}-errors`)
  await service.writeRelease(`alarms: [${alarm}], bake: 0s, steps: [10, 50], every: 300s`)
  await service.writeEnvironment('protected: true')
  return { service, place }
}

test('changes of a protected environment need --yes where nobody can be asked, and the way back never does', {
  timeout: 300_000,
}, async () => {
  const { service, place } = await protectedService()
  await service.writeHandler(answering('two'))
  const refused = async (...args: string[]) => {
    const { stderr } = await runTo(2, args, place)
    expect(stderr).toMatch(
      /Nobody is here to confirm it, so lambdactl did not .* in the protected environment test\./,
    )
    expect(stderr).toMatch(/→ To do it without a question: lambdactl .* --yes/)
  }
  await refused('deploy', '-e', 'test')
  await refused('canary', ...hello)
  await refused('concurrency', 'reserve', 'hello', '5', '-e', 'test')
  await refused('concurrency', 'provision', 'hello', 'none', '-e', 'test')
  await refused('triggers', 'point', ...hello, '--all')
  await runTo(0, ['deploy', '-e', 'test', '--dry-run'], place)
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1'])

  expect((await run(['canary', ...hello, '--detach', '--yes'], place)).exitCode).toBe(8)
  await refused('canary', 'promote', ...hello)
  await runTo(0, ['canary', 'pause', ...hello], place)
  await refused('canary', 'approve', ...hello)
  await refused('canary', 'resume', ...hello, '--approve')
  expect((await run(['canary', 'resume', ...hello, '--detach'], place)).exitCode).toBe(8)
  await runTo(0, ['canary', 'approve', ...hello, '--yes'], place)
  await runTo(0, ['canary', 'promote', ...hello, '--step', '--yes'], place)
  await runTo(0, ['canary', 'abort', ...hello], place)
  await runTo(0, ['rollback', ...hello, '--to', '2'], place)
  await runTo(0, ['concurrency', 'stop', ...hello, '--reason', 'it loops'], place)
  await runTo(0, ['concurrency', 'start', ...hello], place)
  await runTo(0, ['triggers', 'pause', ...hello, '--reason', 'it loops'], place)
  await runTo(0, ['triggers', 'resume', ...hello], place)
})

test('a person types the name of a protected environment, after the place was shown', async () => {
  const { service, place } = await protectedService()
  await service.writeHandler(answering('two'))
  for (const [typed, exitCode, version] of [
    ['yes\r', 130, '1'],
    ['test\r', 0, '2'],
  ] as const) {
    const running = startOnTerminal(['deploy', '-e', 'test'], place)
    await running.says(
      /test · eu-west-1 · [^]*Really deploy hello in the protected environment test\? Type test to go on:/,
    )
    running.type(typed)
    const { exitCode: found, stderr } = await running.ended
    expect(found).toBe(exitCode)
    expect(stderr).toContain('restored')
    await sandbox().expectAlias(service.lambdaName, version)
  }
})

test('dev refuses a protected environment', async () => {
  const service = await makeService()
  await service.writeEnvironment(`protected: true, endpoint: "${sandbox().url}"`)
  const { stderr } = await runTo(2, ['dev', '-e', 'test'], sandbox().place(service))
  expect(stderr).toContain('The environment test is protected: nothing is deployed to it at each save.')
})

interface ManifestCommand {
  flags: Record<string, unknown>
}

const { commands } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../oclif.manifest.json'), 'utf8'),
) as {
  commands: Record<string, ManifestCommand>
}

test('each command that can change AWS either asks in a protected environment, or is a way back', () => {
  const changing = Object.entries(commands).filter(
    ([, { flags }]) =>
      'env' in flags && ('dry-run' in flags || 'reason' in flags || 'yes' in flags || 'detach' in flags),
  )
  const [asking, others] = [true, false].map((asks) =>
    changing.filter(([, { flags }]) => 'yes' in flags === asks).map(([id]) => id.replaceAll(':', ' ')),
  )
  expect(asking).toEqual([
    'alarms ensure',
    'alarms test',
    'canary',
    'canary approve',
    'canary promote',
    'canary resume',
    'concurrency autoscale',
    'concurrency provision',
    'concurrency reserve',
    'deploy',
    'destroy',
    'triggers point',
    'versions prune',
  ])
  expect(others).toEqual([
    'canary abort',
    'canary pause',
    'concurrency start',
    'concurrency stop',
    'rollback',
    'triggers pause',
    'triggers resume',
  ])
})
