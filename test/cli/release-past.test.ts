import {
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { type Place, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service, temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()

/** Changes $LATEST as a person does in the console. */
async function byHand(FunctionName: string, variables: Record<string, string>, MemorySize = 512) {
  const { lambda } = sandbox()
  const input = { FunctionName, MemorySize, Environment: { Variables: variables } }
  await lambda.send(new UpdateFunctionConfigurationCommand(input))
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 20 }, { FunctionName })
}

/** A deployed service whose environment is protected from now on, with an alarm that is quiet. */
async function protectedService(): Promise<{ service: Service; place: Place }> {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const alarm = await sandbox().alarm(`${service.lambdaName}-errors`)
  await service.writeRelease(`alarms: [${alarm}], bake: 0s`)
  await service.writeEnvironment('protected: true')
  return { service, place }
}

describe('what was changed by hand', () => {
  test('is named before it is overwritten', async () => {
    const service = await makeService()
    const place = await sandbox().deployFirst(service)
    await byHand(service.lambdaName, { HOTFIX: 'hush' })
    expect((await runTo(0, ['deploy', '-e', 'test', '--yes'], place)).stderr).not.toContain('drift')
    await service.writeHandler(answering('two'))
    const dry = await runTo(0, ['deploy', '-e', 'test', '--yes', '--dry-run'], place)
    expect(dry.stderr).toMatch(/index\.mjs \| /)
    const { stderr, stdout } = await runTo(0, ['deploy', '-e', 'test', '--yes'], place)
    for (const said of [dry.stderr, stderr]) {
      expect(said).toContain(
        'drift: this release overwrites changes that were made by hand: memory 512 MB → 128 MB; environment variable HOTFIX removed',
      )
      expect(stdout + said).not.toContain('hush')
    }
    await service.writeHandler(answering('three'))
    expect((await runTo(0, ['deploy', '-e', 'test', '--yes'], place)).stderr).not.toContain('drift')
  })

  test('stops a release where the environment is protected, unless a person says so', async () => {
    const { service, place } = await protectedService()
    await byHand(service.lambdaName, {})
    await service.writeHandler(answering('two'))
    for (const more of [[], ['--dry-run'], ['--breakglass', 'it burns']]) {
      const { stderr } = await runTo(6, ['deploy', '-e', 'test', '--yes', ...more], place)
      expect(stderr).toContain('memory 512 MB → 128 MB')
      expect(stderr).toContain('lambdactl deploy hello --env test --overwrite-drift')
    }
    expect(await sandbox().versions(service.lambdaName)).toEqual(['1'])
    await runTo(0, ['deploy', '-e', 'test', '--yes', '--overwrite-drift'], place)
    expect((await sandbox().expectAlias(service.lambdaName, '2')).description).toContain('--overwrite-drift')
  })
})

describe('a content that was rolled back', () => {
  test('is not released again in a protected environment, unless a person says so', {
    timeout: 90_000,
  }, async () => {
    const { service, place } = await protectedService()
    await service.writeHandler(answering('bad'))
    await runTo(0, ['deploy', '-e', 'test', '--yes'], place)
    await runTo(0, ['rollback', 'hello', '-e', 'test', '--reason', 'it charges twice'], place)
    for (const args of [
      ['deploy', '-e', 'test', '--yes'],
      ['deploy', '-e', 'test', '--yes', '--dry-run'],
      ['canary', 'hello', '-e', 'test', '--yes'],
    ]) {
      const { stderr } = await runTo(6, args, place)
      expect(stderr).toMatch(/exactly this content was rolled back \d+ s ago by \S+: it charges twice/)
      expect(stderr).toContain('--release-again')
      // Code that lambdactl put into $LATEST is no change by hand.
      expect(stderr).not.toContain('drift')
    }
    await sandbox().expectAlias(service.lambdaName, '1')

    // Another content is released, and then the job of the bad one is run again.
    await service.writeHandler(answering('good'))
    await runTo(0, ['deploy', '-e', 'test', '--yes'], place)
    await service.writeHandler(answering('bad'))
    expect((await runTo(6, ['deploy', '-e', 'test', '--yes'], place)).stderr).toContain('it charges twice')

    await runTo(0, ['deploy', '-e', 'test', '--yes', '--release-again'], place)
    await service.writeHandler(answering('good'))
    await runTo(0, ['deploy', '-e', 'test', '--yes'], place)
    await service.writeHandler(answering('bad'))
    expect((await runTo(0, ['deploy', '-e', 'test', '--yes'], place)).stderr).not.toContain('rolled back')
  })

  test('is known by the record of the alias where the journal has lost it', async () => {
    const { service, place } = await protectedService()
    await service.writeHandler(answering('bad'))
    await runTo(0, ['deploy', '-e', 'test', '--yes'], place)
    await runTo(0, ['rollback', 'hello', '-e', 'test', '--reason', 'it charges twice'], place)
    await sandbox().loseJournal()
    expect((await runTo(6, ['deploy', '-e', 'test', '--yes'], place)).stderr).toContain('it charges twice')
    await sandbox().expectAlias(service.lambdaName, '1')
  })

  test('is warned of elsewhere, also where a gate rolled it back', { timeout: 90_000 }, async () => {
    const service = await makeService()
    const place = await sandbox().deployFirst(service)
    const alarm = await sandbox().alarm(`${service.lambdaName}-errors`)
    await service.writeRelease(`alarms: [${alarm}], steps: [10], every: 300s`)
    await service.writeHandler(answering('bad'))
    expect((await run(['canary', 'hello', '-e', 'test', '--detach'], place)).exitCode).toBe(8)
    await sandbox().setAlarm(alarm, 'ALARM')
    await runTo(7, ['canary', 'resume', 'hello', '-e', 'test'], place)
    await sandbox().setAlarm(alarm, 'OK')
    const { exitCode, stderr } = await run(['canary', 'hello', '-e', 'test', '--detach'], place)
    expect(exitCode).toBe(8)
    expect(stderr).toMatch(
      /warn {2}rolled back: exactly this content was rolled back \d+ s ago in release \w+/,
    )
  })
})

/** A function `pay-test` of a service, with more of its own and of its environment. */
async function project(
  service: string,
  { runtime = 'nodejs24.x', more = '', environment = '', name = 'pay-test' },
) {
  const folder = await temporaryFolder()
  const write = (text: string, fields = more, of = environment) =>
    writeFiles(folder, {
      'lambdactl.yaml': `service: ${service}
functions:
  pay: {name: ${name}, source: pay, runtime: ${runtime}, handler: index.handler, bundle: false${fields}}
environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"${of}}
`,
      'pay/index.mjs': answering(text),
      'pay/index.py': `def handler(event, context):\n    return '${text}'\n`,
    })
  await write(service)
  return { place: sandbox().place({ folder }), write }
}

test('settings of no version that were changed by hand are drift, and those of the file are not', async () => {
  const name = 'pay-reserved'
  const { place, write } = await project('reserving', { name, more: ', reservedConcurrency: 5' })
  await runTo(0, ['deploy', '-e', 'test', '--yes'], place)
  // The file is what changed, and so does nobody's hand.
  await write('reserving', ', reservedConcurrency: 6', ', protected: true')
  expect((await runTo(0, ['deploy', '-e', 'test', '--yes'], place)).stderr).not.toContain('drift')
  const input = { FunctionName: name, ReservedConcurrentExecutions: 9 }
  await sandbox().lambda.send(new PutFunctionConcurrencyCommand(input))
  expect((await runTo(6, ['deploy', '-e', 'test', '--yes'], place)).stderr).toContain(
    'reservedConcurrency 9 → 6',
  )
  await write('two', ', reservedConcurrency: 6', ', protected: true')
  expect((await runTo(6, ['deploy', '-e', 'test', '--yes'], place)).stderr).toContain(
    'reservedConcurrency 9 → 6',
  )
  await write('two', ', reservedConcurrency: 6', '')
  const { stderr } = await runTo(0, ['deploy', '-e', 'test', '--yes'], place)
  expect(stderr).toContain(
    'warn  drift: this release overwrites changes that were made by hand: reservedConcurrency 9 → 6',
  )
})

test('two projects of the same names are told apart by their service', async () => {
  const deploy = ['deploy', '-e', 'test', '--yes']
  await runTo(0, deploy, (await project('shop', {})).place)
  const careful = await runTo(6, deploy, (await project('bank', { environment: ', protected: true' })).place)
  expect(careful.stderr).toContain(
    'service: version 1, which live serves, belongs to the service shop, and this release is of bank',
  )
  expect(careful.stderr).toContain('lambdactl deploy pay --env test --take-over')
  const { stderr } = await runTo(0, deploy, (await project('bank', { runtime: 'python3.13' })).place)
  expect(stderr).toContain('warn  service: version 1')
  expect(stderr).toContain(
    'warn  runtime: version 1, which live serves, runs on nodejs24.x, and this release on python3.13',
  )
  await sandbox().expectAlias('pay-test', '2')
  const same = await project('shop', { runtime: 'python3.13', environment: ', protected: true' })
  await same.write('bank')
  expect((await runTo(0, deploy, same.place)).stderr).toContain('warn  service: version 2')
})
