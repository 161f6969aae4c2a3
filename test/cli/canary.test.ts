import { InvokeCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { entriesOf, expectExit, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, failing, makeService } from './service.ts'

const sandbox = useSandbox()
const quick = ['--steps', '10,50', '--every', '1s', '--bake', '1s']
const slow = ['--steps', '10,50', '--every', '30s', '--bake', '30s']

test('a good version is carried to 100% step by step', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const canary = start(['canary', 'hello', '-e', 'test', ...quick, '--alarm', alarm], place)
  await canary.says(/\(step 1 of 2\)/)
  const first = await sandbox().alias(service.lambdaName)
  expect(first).toMatchObject({ version: '1', weights: { '2': 0.1 } })
  expect(first.description).toMatch(/^lambdactl canary \w+ \| shifting 1\/2 \| candidate 2 \| held 1 \|/)
  await canary.says(/\(step 2 of 2\)/)
  expect(await sandbox().alias(service.lambdaName)).toMatchObject({ version: '1', weights: { '2': 0.5 } })
  const { stdout, exitCode } = await canary.ended
  expect({ stdout, exitCode }).toEqual({
    stdout: 'hello: version 2 has 100% of live (before: 1)\n',
    exitCode: 0,
  })
  const done = await sandbox().expectAlias(service.lambdaName, '2')
  expect(done.description).toContain('| done 2/2 | candidate 2 | held 2 1 |')
})

test("a version that fails its traffic is rolled back by the sandbox's own metrics: exit 7, and why", async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const { lambdaName } = service
  await sandbox().putAlarm(`${lambdaName}-errors`, {
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [
      { Name: 'FunctionName', Value: lambdaName },
      { Name: 'Resource', Value: `${lambdaName}:live` },
    ],
    Period: 10,
    TreatMissingData: 'notBreaching',
  })
  await service.writeHandler(failing)
  const args = ['canary', 'hello', '-e', 'test', '--steps', '50', '--every', '60s']
  const canary = start([...args, '--alarm', `${lambdaName}-errors`], place)
  await canary.says(/\(step 1 of 1\)/)
  const request = new InvokeCommand({ FunctionName: lambdaName, Qualifier: 'live' })
  for (let failed = false; !failed; ) {
    failed = (await sandbox().lambda.send(request)).FunctionError !== undefined
  }
  const ended = await canary.ended
  expectExit(ended, 7)
  expect(ended.stderr).toContain(`rolled back: live is on version 1, weights cleared`)
  expect(ended.stderr).toMatch(/Error: Alias live of \S+ is back on version 1: alarm \S+-errors is in ALARM/)
  expect(ended.stderr, 'told as it happens').toMatch(/gate fail: alarm \S+-errors is in ALARM/)
  expect(ended.stderr, "the candidate's failures").toMatch(
    /hello {2}\d+ of \d+ requests? of version 2 since .* failed, in 1 way/,
  )
  const { description } = await sandbox().expectAlias(lambdaName, '1')
  expect(description).toMatch(/ \| rolled-back 1\/1 \| candidate 2 \| held 1 \|.*\| alarm \S+ is in ALARM/)
  expect(description.length).toBeLessThanOrEqual(256)
})

test('a version is rolled back while it bakes at 100%, and status tells why', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  await service.writeRelease(`bake: 60s, alarms: [${alarm}]`)
  const deploy = start(['deploy', '-e', 'test'], place)
  await deploy.says(/shifted live: 100% on version 2/)
  await sandbox().setAlarm(alarm, 'ALARM')
  const ended = await deploy.ended
  expectExit(ended, 7)
  expect(ended.stderr).toContain('lambdactl logs errors hello --env test --version 2 --since 1h')
  const { description } = await sandbox().expectAlias(service.lambdaName, '1')
  expect(description).toContain(`alarm ${alarm} is in ALARM (set by a test)`)
  const status = await runTo(0, ['status', '-e', 'test'], place)
  expect(status.stdout).toMatch(
    /rolled-back {2}all-at-once \w+ of version 2 was rolled back to version 1.*: alarm .* is in ALARM/,
  )
  expect(status.stdout).toContain(`alarm ${alarm}: ALARM set by a test`)
  const advised = /→ .*lambdactl (logs errors hello --env test --version 2 --since \S+Z)$/m
  const [, command = ''] = advised.exec(status.stdout) ?? []
  const failures = await runTo(0, command.split(' '), place)
  expect(failures.stdout).toMatch(/^hello {2}no failure in \d requests? of version 2 since /)
  const again = await runTo(6, ['deploy', '-e', 'test'], place)
  expect(again.stderr).toContain(`alarm ${alarm}: it already fires: set by a test`)
  await sandbox().expectAlias(service.lambdaName, '1')
})

test('an alarm without data pauses the canary with exit 8; rollback ends it', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`, 'INSUFFICIENT_DATA')
  const args = ['canary', 'hello', '-e', 'test', '--steps', '10', '--every', '1s', '--alarm', alarm]
  const paused = await runTo(8, args, place)
  expect(paused.stderr).toContain(`its gates are inconclusive: not enough data for ${alarm}`)
  expect(await sandbox().alias(service.lambdaName)).toMatchObject({ version: '1', weights: { '2': 0.1 } })
  await runTo(0, ['rollback', 'hello', '-e', 'test'], place)
  await sandbox().expectAlias(service.lambdaName, '1')
})

test('a rollback by hand ends in the version before, and prints an undo that works', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  const rolledBack = await runTo(
    0,
    ['rollback', 'hello', '-e', 'test', '--reason', 'guests cannot pay'],
    place,
  )
  expect(rolledBack.stdout).toBe(
    'hello: live is on version 1, weights cleared (before: 2)\n' +
      'To undo: lambdactl rollback hello --env test --to 2\n',
  )
  const { description } = await sandbox().expectAlias(service.lambdaName, '1')
  expect(description).toMatch(/\| guests cannot pay$/)
  const undo = /To undo: lambdactl (.*)\n/.exec(rolledBack.stdout)?.[1]?.split(' ') ?? []
  await runTo(0, undo, place)
  await sandbox().expectAlias(service.lambdaName, '2')
  const nothing = await runTo(0, undo, place)
  expect(nothing.stdout).toBe('hello: nothing to roll back, live is on version 2\n')

  const listed = await runTo(0, ['history', 'hello', '-e', 'test', '--json'], place)
  expect(entriesOf(listed)).toMatchObject([
    { strategy: 'rollback', from: '1', candidate: '2', outcome: 'done' },
    { strategy: 'rollback', from: '2', candidate: '1', reason: 'guests cannot pay' },
    {
      strategy: 'all-at-once',
      from: '1',
      candidate: '2',
      outcome: 'done',
      by: expect.stringContaining('arn:') as string,
    },
    { strategy: 'all-at-once', candidate: '1', outcome: 'done' },
  ])
})

test('a second release is refused while a canary runs, and rollback by hand takes the alias from it', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const canary = start(['canary', 'hello', '-e', 'test', ...slow, '--alarm', alarm], place)
  const [, id] = await canary.says(/plan: canary (\w+) [^]*\(step 1 of 2\)/)
  const refused = await runTo(5, ['deploy', '-e', 'test'], place)
  expect(refused.stderr).toContain(`is held by release ${id} (canary, shifting), with 10% on version 2`)
  await runTo(0, ['rollback', 'hello', '-e', 'test'], place)
  const ended = await canary.ended
  expectExit(ended, 7)
  expect(ended.stderr).toMatch(/Rollback \w+ put alias live of \S+ back on version 1/)
  const failures = 'logs errors hello --env test --version 2 --since'
  expect(ended.stderr).toContain(`See the candidate's failures: lambdactl ${failures} 1h`)
  const { stdout } = await runTo(0, ['canary', 'status', 'hello', '-e', 'test'], place)
  expect(stdout).toContain(`→ See the failures of version 2: lambdactl ${failures} 2`)
  await sandbox().expectAlias(service.lambdaName, '1')
})
