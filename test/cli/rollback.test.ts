import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { DeleteFunctionCommand, UpdateAliasCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { afterPlace, expectExit, type Place, program, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'

const sandbox = useSandbox()

test('a rollback warns of what is configured otherwise now, without the values of variables', async () => {
  const service = await makeService()
  await service.writeEnvironment('functions: {hello: {memory: 256, environment: {TABLE: orders, OLD: hush}}}')
  const place = await sandbox().deployFirst(service)
  await service.writeEnvironment(
    'functions: {hello: {memory: 512, environment: {TABLE: orders-2, NEW: hush}}}',
  )
  await runTo(0, ['deploy', '-e', 'test'], place)

  const { stdout, stderr } = await runTo(0, ['rollback', 'hello', '-e', 'test'], place)
  expect(stdout).toMatch(/^hello: live is on version 1, [^\n]*\nTo undo: [^\n]*\n$/)
  expect(
    afterPlace(stderr),
  ).toBe(`warning: version 1 also differs in its configuration from the version that had the traffic before:
  memory 512 MB → 256 MB
  environment variable NEW removed
  environment variable OLD added
  environment variable TABLE changed
`)

  const undone = await runTo(0, ['rollback', 'hello', '-e', 'test', '--to', '2', '--json'], place)
  expect(undone.stderr).toBe('')
  expect(undone.stdout).not.toMatch(/hush|orders/)
  expect(JSON.parse(undone.stdout)).toMatchObject({
    outcome: 'rolled-back',
    changes: [
      { field: 'memory', from: 256, to: 512 },
      { field: 'environment', name: 'NEW', change: 'added' },
      { field: 'environment', name: 'OLD', change: 'removed' },
      { field: 'environment', name: 'TABLE', change: 'changed' },
    ],
  })
})

test('a rollback between versions that are configured alike says nothing of it', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect(afterPlace((await runTo(0, ['rollback', 'hello', '-e', 'test'], place)).stderr)).toBe('')
})

/** A service with so many versions, each of which held 100%. */
async function withVersions(count: number): Promise<{ service: Service; place: Place }> {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  for (let version = 2; version <= count; version += 1) {
    await service.writeHandler(answering(`version ${version}`))
    await runTo(0, ['deploy', '-e', 'test'], place)
  }
  return { service, place }
}

const back = (...more: string[]) => ['rollback', 'hello', '-e', 'test', ...more]

function prune({ lambdaName }: Service, version: string) {
  return sandbox().lambda.send(new DeleteFunctionCommand({ FunctionName: lambdaName, Qualifier: version }))
}

/** Runs the undo that a rollback printed, by a shell, as it was printed. */
async function undo({ stdout }: { stdout: string }, { cwd, env }: Place): Promise<string> {
  const command = /^To undo: lambdactl (.*)$/m.exec(stdout)?.[1] ?? 'no undo'
  const args = ['-c', `"${process.execPath}" "${program}" ${command}`]
  return (await promisify(execFile)('sh', args, { cwd, env })).stdout
}

test('once an alias is back, a rollback moves nothing, at once or later, unless it is asked to go further', async () => {
  const { service, place } = await withVersions(3)
  const both = [start(back(), place), start(back(), place)]
  for (const { ended } of both) expectExit(await ended, 0)
  await sandbox().expectAlias(service.lambdaName, '2')
  const outputs = await Promise.all(both.map(async ({ ended }) => (await ended).stdout))
  expect(outputs.filter((text) => text.includes('live is already back on 2: rollback'))).toHaveLength(1)

  const unchanged = await runTo(0, back('--json'), place)
  expect(JSON.parse(unchanged.stdout)).toMatchObject({
    outcome: 'unchanged',
    version: '2',
    next: [
      'To go further back, to version 1: lambdactl rollback hello --env test --again',
      'To go to a version of your choice: lambdactl rollback hello --env test --to N',
    ],
  })
  await sandbox().expectAlias(service.lambdaName, '2')
  await runTo(0, back('--again'), place)
  await sandbox().expectAlias(service.lambdaName, '1')
  expectExit(await start(back('--again'), place).ended, 4)
})

test('what a gate rolled back is left alone, as after `canary … || lambdactl rollback`', async () => {
  const { service, place } = await withVersions(2)
  await service.writeHandler(answering('bad'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const args = ['canary', 'hello', '-e', 'test', '--steps', '10', '--every', '60s', '--alarm', alarm]
  const canary = start(args, place)
  await canary.says(/\(step 1 of 1\)/)
  await sandbox().setAlarm(alarm, 'ALARM')
  expectExit(await canary.ended, 7)
  const { stdout } = await runTo(0, back(), place)
  expect(stdout).toMatch(
    /^hello: live is already back on 2: canary \w+ of version 3 was rolled back to version 2, .*ALARM.*\n {2}→ .* --again\n/,
  )
  await sandbox().expectAlias(service.lambdaName, '2')
})

test('the undo that is printed works as it is printed: to a version, a weight and $LATEST', async () => {
  const { service, place } = await withVersions(2)
  const { lambdaName } = service
  await service.writeHandler(answering('three'))
  const alarm = await sandbox().alarm(`${lambdaName}-refused`)
  const steps = ['--steps', '12.5', '--every', '60s', '--alarm', alarm]
  const detached = await start(['canary', 'hello', '-e', 'test', ...steps, '--detach'], place).ended
  expect(detached.exitCode).toBe(8)
  const fromCanary = await runTo(0, back(), place)
  expect(await undo(fromCanary, place)).toBe(
    'hello: live is on version 2, with 12.5% on 3; no gate watches it (before: 2)\n' +
      'To undo: lambdactl rollback hello --env test --to 2\n',
  )
  expect(await sandbox().alias(lambdaName)).toMatchObject({ version: '2', weights: { '3': 0.125 } })
  for (const verb of ['approve', 'promote', 'resume']) {
    const refused = await start(['canary', verb, 'hello', '-e', 'test'], place).ended
    expectExit(refused, 5)
    expect(refused.stderr).toContain('which no gate watches')
  }
  await runTo(0, ['canary', 'abort', 'hello', '-e', 'test'], place)
  await sandbox().expectAlias(lambdaName, '2')

  await sandbox().lambda.send(
    new UpdateAliasCommand({ FunctionName: lambdaName, Name: 'live', FunctionVersion: '$LATEST' }),
  )
  const fromLatest = await runTo(0, back('--to', '1'), place)
  await sandbox().expectAlias(lambdaName, '1')
  await undo(fromLatest, place)
  await sandbox().expectAlias(lambdaName, '$LATEST')
  const status = await runTo(0, ['status', '-e', 'test'], place)
  expect(status.stdout).toContain('put $LATEST at 100%')
})

test('a version that was pruned is passed over with a warning, and refused where it is asked for', async () => {
  const { service, place } = await withVersions(3)
  await prune(service, '2')
  const gone = 'version 2 no longer exists; a rollback goes to version 1'
  expect((await runTo(0, ['status', '-e', 'test'], place)).stdout).toContain(gone)
  await service.writeHandler(answering('four'))
  const planned = await runTo(0, ['deploy', '-e', 'test', '--dry-run'], place)
  expect(planned.stderr).toContain(`preflight warn  way back: from version 3, ${gone}`)
  const refused = await runTo(4, back('--to', '2'), place)
  expect(refused.stderr).toMatch(
    /Version 2 does not exist .* was not moved; versions 1 and 3 exist\..*--to 1\n/s,
  )
  await sandbox().expectAlias(service.lambdaName, '3')
  const { stderr } = await runTo(0, back(), place)
  expect(stderr).toContain('warning: Version 2 was deleted: live went back to version 1,')
  const { description } = await sandbox().expectAlias(service.lambdaName, '1')
  expect(description).toContain('| rolled-back 0/0 | candidate 3 | held 1 |')
})

test('a gate goes past a version that was pruned in the bake; where there is none left it says what to do', async () => {
  const { service, place } = await withVersions(2)
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  await service.writeRelease(`bake: 60s, alarms: [${alarm}]`)
  const failsInBake = async (text: string, gone: string) => {
    await sandbox().setAlarm(alarm, 'OK')
    await service.writeHandler(answering(text))
    const deploy = start(['deploy', '-e', 'test'], place)
    await deploy.says(/shifted live: 100% on version/)
    await prune(service, gone)
    await sandbox().setAlarm(alarm, 'ALARM')
    return deploy.ended
  }
  expectExit(await failsInBake('three', '2'), 7)
  await sandbox().expectAlias(service.lambdaName, '1')
  const stuck = await failsInBake('four', '1')
  expectExit(stuck, 9)
  expect(stuck.stderr).toMatch(
    /Version 1 does not exist .*; versions 3 and 4 exist \(rolled back before: 3\)\.\n {2}→ Every other version was rolled back before; .*--to 3\n/,
  )
})

test.each([
  [['--weight', '1=10'], /--to/],
  [['--to', '1', '--again'], /--again/],
  [['--to', ''], /Expected a version as a number or \$LATEST, got ""/],
  [['--to', '1', '--weight', '1=10'], /Version 1 can't share its traffic like this/],
  [['--to', '1', '--weight', '2=100'], /as in 2=10|as in 42=10/],
])('flags that make no sense together are refused: %j', async (flags, says) => {
  const service = await makeService()
  expect((await runTo(2, back(...flags), sandbox().place(service))).stderr).toMatch(says)
})
