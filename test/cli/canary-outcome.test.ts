import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { GetAliasCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { eventsOf, expectExit, type Place, program, run, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'

const sandbox = useSandbox()

const on = (verb: string, ...more: string[]) => ['canary', verb, 'hello', '-e', 'test', ...more]

/** A canary that its process left after the first shift. */
async function detached(every = '60s'): Promise<{ service: Service; place: Place; alarm: string }> {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-errors`)
  const steps = ['--steps', '10', '--every', every, '--bake', '1s', '--alarm', alarm]
  expect((await run(['canary', 'hello', '-e', 'test', ...steps, '--detach'], place)).exitCode).toBe(8)
  return { service, place, alarm }
}

/** Returns the exit codes of `canary status --exit-code`, `canary wait` and `canary resume --detach`. */
async function exits(place: Place): Promise<(number | null)[]> {
  const commands = [on('status', '--exit-code'), on('wait', '--timeout', '1s'), on('resume', '--detach')]
  return Promise.all(commands.map(async (args) => (await run(args, place)).exitCode))
}

/** Runs the loop of the documentation, with pauses of a second. */
function documentedLoop({ cwd, env }: Place): Promise<number> {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'releases.md'), 'utf8')
  const [, loop = 'exit 99'] = /```sh(?: aws)?\n(until lambdactl canary resume[^`]*)```/.exec(page) ?? []
  const ours = loop.replaceAll('checkout --env prod', 'hello --env test').replace('sleep 60', 'sleep 1')
  const script = `lambdactl() { "${process.execPath}" "${program}" "$@"; }\n${ours}`
  return new Promise((resolve) => {
    const child = execFile('sh', ['-ec', script], { cwd, env })
    child.once('close', (code) => resolve(code ?? -1))
  })
}

test('a release that goes on, waits or has ended says so by its exit code, whoever ended it', async () => {
  const { place, alarm, service } = await detached()
  expect(await exits(place)).toEqual([8, 8, 8])
  await runTo(0, on('pause', '--reason', 'lunch'), place)
  const paused = await runTo(8, on('wait'), place)
  expect(paused.stderr).toMatch(/is paused at step 1 of 1.*: lunch\.\n[^]*canary approve/)
  expect(paused.stderr.match(/lunch/g), 'the reason is told once').toHaveLength(1)
  await runTo(0, on('approve'), place)

  const waiting = start(on('wait', '--json'), place)
  await waiting.says(/"phase":"shifting"/)
  const loop = documentedLoop(place)
  await sandbox().setAlarm(alarm, 'ALARM')
  expect(await loop).toBe(7)
  const waited = await waiting.ended
  expect(waited.exitCode).toBe(7)
  expect(eventsOf(waited)).toMatchObject([
    { event: 'place' },
    { event: 'standing', phase: 'shifting', step: 1, weight: { version: '2', percent: 10 } },
    { event: 'standing', phase: 'rolled-back' },
    { event: 'error', code: 'ROLLED_BACK', exitCode: 7 },
  ])
  expect(await exits(place)).toEqual([7, 7, 7])
  const resumed = await runTo(7, on('resume', '--detach'), place)
  expect(resumed.stderr).toMatch(/The release was rolled back: canary \w+ of version 2 .* is in ALARM/)

  await runTo(0, ['rollback', 'hello', '-e', 'test', '--to', '2'], place)
  expect(await exits(place)).toEqual([0, 0, 0])
  await sandbox().lambda.send(
    new UpdateAliasCommand({
      FunctionName: service.lambdaName,
      Name: 'live',
      FunctionVersion: '2',
      Description: '',
    }),
  )
  expect(await exits(place), 'the journal tells').toEqual([0, 0, 0])
  await sandbox().lambda.send(
    new UpdateAliasCommand({ FunctionName: service.lambdaName, Name: 'live', FunctionVersion: '1' }),
  )
  expect(await exits(place)).toEqual([5, 5, 5])
  await sandbox().loseJournal()
  expect(await exits(place)).toEqual([4, 4, 4])
})

test('a release is waited for until it is done, by a loop too, and nobody is in its way', async () => {
  const { place, service } = await detached('1s')
  const waiting = start(on('wait'), place)
  await waiting.says(/canary \w+ of version 2 is shifting at step 1 of 1/)
  expect(await documentedLoop(place)).toBe(0)
  const waited = await waiting.ended
  expectExit(waited, 0)
  expect(waited.stdout).toBe('hello: version 2 has 100% of live\n')
  await sandbox().expectAlias(service.lambdaName, '2')
  const status = await runTo(0, on('status', '--exit-code', '--json'), place)
  expect(JSON.parse(status.stdout)).toMatchObject({ outcome: 'done' })
})

test('a wait says that nobody carries the release on; Ctrl-C ends it at once and changes nothing', async () => {
  const { place, service } = await detached()
  const alias = { FunctionName: service.lambdaName, Name: 'live' }
  const { Description = '', RoutingConfig } = await sandbox().lambda.send(new GetAliasCommand(alias))
  const old = Description.replace(/since \S+/, 'since 2026-01-01T00:00:00.000Z')
  await sandbox().lambda.send(new UpdateAliasCommand({ ...alias, Description: old, RoutingConfig }))
  const before = await sandbox().alias(service.lambdaName)
  const waiting = start(on('wait'), place)
  await waiting.says(
    /warning: release \w+ has not moved for [\w ]+, [^]*lambdactl canary resume hello --env test/,
  )
  waiting.child.kill('SIGINT')
  expectExit(await waiting.ended, 130)
  expect(await sandbox().alias(service.lambdaName)).toEqual(before)
})
