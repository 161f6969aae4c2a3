import { expect, test } from 'vitest'
import { afterPlace, type Place, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, crashingInLambda, makeService, type Service } from './service.ts'

const sandbox = useSandbox()

/** Runs a release that must fail, and expects the alias to be exactly as it was. */
async function refused(service: Service, place: Place, exit: number, args: string): Promise<string> {
  const before = await sandbox().alias(service.lambdaName)
  const { stdout, stderr } = await runTo(exit, args.split(' '), place)
  expect(stdout).toBe('')
  expect(await sandbox().alias(service.lambdaName)).toEqual(before)
  return stderr
}

test('a canary whose alarms prove nothing is refused: none, missing, firing, or of another function', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const canary = 'canary hello -e test --alarm'
  const none = await refused(service, place, 6, 'canary hello -e test')
  expect(none).toContain('so the release would prove nothing')
  expect(none).toContain('functions.hello.release of lambdactl.yaml')
  const missing = await refused(service, place, 6, `${canary} gone`)
  expect(missing).toContain('alarm gone: CloudWatch has no alarm with that name')
  const firing = await sandbox().alarm(`${service.lambdaName}-firing`, 'ALARM')
  expect(await refused(service, place, 6, `${canary} ${firing}`)).toContain('it already fires: set by a test')
  const strange = await sandbox().alarm(`${service.lambdaName}-strange`, 'OK', {
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: 'another' }],
  })
  const another = await refused(service, place, 6, `${canary} ${strange}`)
  expect(another).toContain(`it watches the function another, not ${service.lambdaName}`)
})

test('a version that crashes at its start, or fails its smoke event, gets no traffic: exit 6', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(`${crashingInLambda}\n${answering('two')}`)
  const crashed = await refused(service, place, 6, 'deploy -e test')
  expect(crashed).toMatch(/Version 2 got no traffic.*no table/)
  expect(crashed).toContain('live is still on version 1')
  await service.writeHandler('export const handler = async () => { throw new Error("no price") }\n')
  expect(await refused(service, place, 6, 'deploy -e test')).toMatch(/Version 3 got no traffic.*no price/)
})

test('a first version that crashes creates no alias, and rollback says that there is none', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  await service.writeHandler(`${crashingInLambda}\n${answering('one')}`)
  const { stderr } = await runTo(6, ['deploy', '-e', 'test'], place)
  expect(stderr).toContain('live is on no version yet')
  await expect(sandbox().alias(service.lambdaName)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  const rollback = await runTo(4, ['rollback', 'hello', '-e', 'test'], place)
  expect(rollback.stderr).toContain(
    `${service.lambdaName} has no alias live, so there is nothing to roll back.`,
  )
  await service.writeHandler(answering('one'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  await sandbox().expectAlias(service.lambdaName, '2')
})

test('a rollback to a version that does not exist, or with nothing before it, changes nothing: exit 4', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const missing = await refused(service, place, 4, 'rollback hello -e test --to 99')
  expect(missing).toContain(`Version 99 does not exist in ${service.lambdaName}`)
  const first = await refused(service, place, 4, 'rollback hello -e test')
  expect(first).toContain('no release record names a version that held 100% before it')
})

test('the wrong account is refused with exit 3 before anything is read or changed', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  await service.writeEnvironment('account: "123456789012"')
  const wrong = await refused(service, place, 3, 'deploy -e test')
  expect(afterPlace(wrong)).toBe(
    'Error: The environment test is in the account 123456789012, but these credentials are of the account 000000000000.\n' +
      '  → Sign in to the right account, or choose another --env.\n',
  )
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1'])
  await refused(service, place, 3, 'rollback hello -e test')
  await service.writeEnvironment('account: "000000000000"')
  await runTo(0, ['deploy', '-e', 'test'], place)
})

test('a broken function among several leaves every alias where it was', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  await service.writeFunction('other: {source: other, runtime: python3.13, handler: app.handler}')
  await service.write({ 'other/app.py': 'def handle(event, context):\n    return 1\n' })
  const broken = await refused(service, place, 2, 'deploy -e test')
  expect(broken).toContain('app.handler')
})
