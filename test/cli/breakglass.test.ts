import { expect, test } from 'vitest'
import { entriesOf, eventsOf, expectExit, run, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

/** A service with something to release, and an alarm of its file that fires already. */
async function firing() {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const alarm = await sandbox().alarm(`${service.lambdaName}-errors`, 'ALARM')
  await service.writeRelease(`bake: 500ms, alarms: [{prefix: "${service.lambdaName}-"}]`)
  await service.writeHandler(answering('two'))
  return { service, place, alarm }
}

test('an alarm that fires already blocks a deploy: exit 6; with a reason it goes past, on record', async () => {
  const { service, place, alarm } = await firing()

  const blocked = await runTo(6, ['deploy', '-e', 'test'], place)
  expect(blocked.stderr).toContain(`alarm ${alarm}: it already fires: set by a test`)
  expect(blocked.stderr).toContain('lambdactl deploy hello --env test --breakglass "why"')
  await runTo(2, ['deploy', '-e', 'test', '--breakglass', ' '], place)
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1'])

  const passed = await runTo(0, ['deploy', '-e', 'test', '--breakglass', 'incident 42'], place)
  expect(passed.stderr).toContain(
    `preflight warn  alarm ${alarm}: overridden by breakglass: it already fires`,
  )
  expect(passed.stderr).toMatch(
    /gated by \S+-errors\n.* breakglass: incident 42\n.* excused until it recovers: /,
  )
  expect(passed.stderr).toContain(`alarm ${alarm} still fires since before the release (breakglass)`)
  const { description } = await sandbox().expectAlias(service.lambdaName, '2')
  expect(description).toMatch(/ \| done 0\/0 \| candidate 2 \|.* \| breakglass: incident 42$/)
  const history = await runTo(0, ['history', 'hello', '-e', 'test'], place)
  expect(history.stdout).toContain('    breakglass: incident 42\n')
})

test('an alarm that recovers and fires again takes a canary back that went past it: exit 7', async () => {
  const { service, place, alarm } = await firing()
  await runTo(6, ['canary', 'hello', '-e', 'test'], place)
  const steps = ['--steps', '50', '--every', '60s', '--breakglass', 'still 42']
  const canary = start(['canary', 'hello', '-e', 'test', ...steps], place)
  await canary.says(/gate pass: alarm \S+-errors still fires since before the release/)
  const status = await runTo(0, ['canary', 'status', 'hello', '-e', 'test'], place)
  expect(status.stdout).toContain('  breakglass: still 42\n')
  expect(status.stdout).toContain(
    `alarm ${alarm}: ALARM (excused by breakglass: it has been so since before the release) set by a test`,
  )
  await sandbox().setAlarm(alarm, 'OK')
  await canary.says(new RegExp(`gate pass: ${alarm} is OK`))
  await sandbox().setAlarm(alarm, 'ALARM')
  const ended = await canary.ended
  expectExit(ended, 7)
  expect(ended.stderr).toContain(`alarm ${alarm} is in ALARM (set by a test)`)
  await sandbox().expectAlias(service.lambdaName, '1')
})

test('a detached release stays excused for the next process; --json tells all of it', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const alarm = await sandbox().alarm(`${service.lambdaName}-errors`, 'ALARM')
  await service.writeHandler(answering('two'))
  const args = [
    '--steps',
    '50',
    '--every',
    '500ms',
    '--bake',
    '0s',
    '--alarm-prefix',
    `${service.lambdaName}-`,
  ]
  const went = ['--breakglass', 'incident 42', '--detach', '--json']
  const left = await run(['canary', 'hello', '-e', 'test', ...args, '--alarm', 'gone', ...went], place)
  expect(left.exitCode).toBe(8)
  const events = eventsOf(left)
  const breakglass = {
    reason: 'incident 42',
    firing: [{ alarm, since: expect.any(Number) as number }],
  }
  expect(events.find(({ event }) => event === 'planned')).toMatchObject({
    plan: { alarms: [alarm], breakglass },
  })
  expect(events.find(({ event }) => event === 'observed')).toMatchObject({
    verdict: { outcome: 'pass' },
    alarms: [{ name: alarm, condition: 'ALARM', verdict: 'excused' }],
  })
  const status = await runTo(0, ['canary', 'status', 'hello', '-e', 'test', '--json'], place)
  expect(JSON.parse(status.stdout)).toMatchObject({
    plan: { breakglass },
    alarms: [{ name: alarm, verdict: 'excused' }],
  })
  await runTo(0, ['canary', 'resume', 'hello', '-e', 'test'], place)
  await sandbox().expectAlias(service.lambdaName, '2')
  const history = await runTo(0, ['history', 'hello', '-e', 'test', '--json'], place)
  expect(entriesOf(history)).toMatchObject([{ breakglass: 'incident 42' }, {}])
})

test('status shows the alarms of the file, and goes on where a variable of theirs is not set', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const alarm = await sandbox().alarm(`${service.lambdaName}-errors`)
  const prefix = service.lambdaName.replace('-test', '')
  await service.writeRelease(
    `alarms: [{prefix: "${prefix}-\${env}-"}, {prefix: gone-}, "\${env:PAGER}-slow"]`,
  )
  const unset = await runTo(0, ['status', '-e', 'test'], place)
  expect(unset.stderr).toMatch(/The alarms are shown as the file names them\..*PAGER.* is not set/)
  expect(unset.stdout).toContain('alarm ${env:PAGER}-slow: does not exist here')
  const { env, cwd } = place
  const set = await runTo(0, ['status', '-e', 'test'], { cwd, env: { ...env, PAGER: 'p' } })
  expect(set.stdout).toContain(`alarm ${alarm}: OK well`)
  expect(set.stdout).toMatch(/alarm gone-\*: does not exist here\n\s+alarm p-slow: does not exist here\n$/)
})
