import { UpdateFunctionConfigurationCommand, waitUntilFunctionUpdatedV2 } from '@aws-sdk/client-lambda'
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
  test('is named before it is overwritten', { timeout: 60_000 }, async () => {
    const service = await makeService()
    const place = await sandbox().deployFirst(service)
    await byHand(service.lambdaName, { HOTFIX: 'hush' })
    expect((await runTo(0, ['deploy', '-e', 'test'], place)).stderr).not.toContain('drift')
    await service.writeHandler(answering('two'))
    const dry = await runTo(0, ['deploy', '-e', 'test', '--dry-run'], place)
    expect(dry.stderr).toMatch(/index\.mjs \| /)
    const { stderr, stdout } = await runTo(0, ['deploy', '-e', 'test'], place)
    for (const said of [dry.stderr, stderr]) {
      expect(said).toContain(
        'drift: changed by hand, and overwritten by this release: memory 512 MB → 128 MB; environment variable HOTFIX removed',
      )
      expect(stdout + said).not.toContain('hush')
    }
    await service.writeHandler(answering('three'))
    expect((await runTo(0, ['deploy', '-e', 'test'], place)).stderr).not.toContain('drift')
  })

  test('stops a release where the environment is protected, unless a person says so', {
    timeout: 60_000,
  }, async () => {
    const { service, place } = await protectedService()
    await byHand(service.lambdaName, {})
    await service.writeHandler(answering('two'))
    for (const more of [[], ['--dry-run'], ['--breakglass', 'it burns']]) {
      const { stderr } = await runTo(6, ['deploy', '-e', 'test', ...more], place)
      expect(stderr).toContain('memory 512 MB → 128 MB')
      expect(stderr).toContain('lambdactl deploy hello --env test --overwrite-drift')
    }
    expect(await sandbox().versions(service.lambdaName)).toEqual(['1'])
    await runTo(0, ['deploy', '-e', 'test', '--overwrite-drift'], place)
    expect((await sandbox().expectAlias(service.lambdaName, '2')).description).toContain('--overwrite-drift')
  })
})

describe('a content that was rolled back', () => {
  test('is not released again in a protected environment, unless a person says so', {
    timeout: 90_000,
  }, async () => {
    const { service, place } = await protectedService()
    await service.writeHandler(answering('bad'))
    await runTo(0, ['deploy', '-e', 'test'], place)
    await runTo(0, ['rollback', 'hello', '-e', 'test', '--reason', 'it charges twice'], place)
    for (const args of [
      ['deploy', '-e', 'test'],
      ['deploy', '-e', 'test', '--dry-run'],
      ['canary', 'hello', '-e', 'test'],
    ]) {
      const { stderr } = await runTo(6, args, place)
      expect(stderr).toMatch(/this very content was rolled back \d+ s ago by \S+: it charges twice/)
      expect(stderr).toContain('--release-again')
      // What lambdactl put into $LATEST is not changed by hand.
      expect(stderr).not.toContain('drift')
    }
    await sandbox().expectAlias(service.lambdaName, '1')

    // Another content is released, and then the job of the bad one is run again.
    await service.writeHandler(answering('good'))
    await runTo(0, ['deploy', '-e', 'test'], place)
    await service.writeHandler(answering('bad'))
    expect((await runTo(6, ['deploy', '-e', 'test'], place)).stderr).toContain('it charges twice')

    await runTo(0, ['deploy', '-e', 'test', '--release-again'], place)
    await service.writeHandler(answering('good'))
    await runTo(0, ['deploy', '-e', 'test'], place)
    await service.writeHandler(answering('bad'))
    expect((await runTo(0, ['deploy', '-e', 'test'], place)).stderr).not.toContain('rolled back')
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
    expect(stderr).toMatch(/warn {2}rolled back: this very content was rolled back \d+ s ago in release \w+/)
  })
})

test('two projects of the same names are told apart by their service', { timeout: 60_000 }, async () => {
  const project = async (service: string, runtime = 'nodejs24.x', environment = '') => {
    const folder = await temporaryFolder()
    await writeFiles(folder, {
      'lambdactl.yaml': `service: ${service}
functions:
  pay: {name: pay-test, source: pay, runtime: ${runtime}, handler: index.handler, bundle: false}
environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"${environment}}
`,
      'pay/index.mjs': answering(service),
      'pay/index.py': `def handler(event, context):\n    return '${service}'\n`,
    })
    return sandbox().place({ folder })
  }
  await runTo(0, ['deploy', '-e', 'test'], await project('shop'))
  const careful = await runTo(
    6,
    ['deploy', '-e', 'test'],
    await project('bank', undefined, ', protected: true'),
  )
  expect(careful.stderr).toContain(
    'service: version 1, which live serves, is of the service shop, and this is of bank',
  )
  expect(careful.stderr).toContain('lambdactl deploy pay --env test --take-over')
  const { stderr } = await runTo(0, ['deploy', '-e', 'test'], await project('bank', 'python3.13'))
  expect(stderr).toContain('warn  service: version 1')
  expect(stderr).toContain(
    'warn  runtime: version 1, which live serves, runs on nodejs24.x, and this on python3.13',
  )
  await sandbox().expectAlias('pay-test', '2')
})
