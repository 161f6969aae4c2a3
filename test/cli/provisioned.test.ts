import {
  GetProvisionedConcurrencyConfigCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PutProvisionedConcurrencyConfigCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { entriesOf, eventsOf, expectExit, type Place, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, crashingInLambda, makeService, type Service } from './service.ts'

const sandbox = useSandbox()
const quick = ['--steps', '50', '--every', '2s', '--bake', '1s']
const broken = `${crashingInLambda}\nexport const handler = async () => 1\n`
const slowToStart = `await new Promise((resolve) => setTimeout(resolve, 5000))
export const handler = async () => 'late'
`

/** The environments by qualifier, as in `{2: 'READY 2'}`. */
async function environments({ lambdaName }: Service): Promise<Record<string, string>> {
  const request = new ListProvisionedConcurrencyConfigsCommand({ FunctionName: lambdaName })
  const { ProvisionedConcurrencyConfigs: found = [] } = await sandbox().lambda.send(request)
  return Object.fromEntries(
    found.map((one) => [
      one.FunctionArn?.split(':').at(-1) ?? '',
      `${one.Status} ${one.RequestedProvisionedConcurrentExecutions}`,
    ]),
  )
}

async function putOnAlias({ lambdaName }: Service): Promise<void> {
  const place = { FunctionName: lambdaName, Qualifier: 'live' }
  const put = new PutProvisionedConcurrencyConfigCommand({ ...place, ProvisionedConcurrentExecutions: 1 })
  await sandbox().lambda.send(put)
  for (let status: string | undefined; status !== 'READY'; ) {
    const found = await sandbox().lambda.send(new GetProvisionedConcurrencyConfigCommand(place))
    status = found.Status
  }
}

/** A service whose first version is live, with two environments of its own. */
async function warmService(): Promise<[Service, Place]> {
  const service = await makeService()
  await service.writeEnvironment('functions: {hello: {provisionedConcurrency: 2}}')
  return [service, await sandbox().deployFirst(service)]
}

function canary(place: Place, alarm: string, ...more: string[]) {
  const how = more.includes('--every') ? [] : quick
  return start(['canary', 'hello', '-e', 'test', ...how, '--alarm', alarm, ...more], place)
}

test('a function with provisioned concurrency goes through a canary warm, and the old version is released', async () => {
  const [service, place] = await warmService()
  expect(await environments(service)).toEqual({ '1': 'READY 2' })
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const running = canary(place, alarm)
  await running.says(/\(step 1 of 1\)/)
  expect(await environments(service)).toEqual({ '1': 'READY 2', '2': 'READY 2' })
  const { stderr, exitCode } = await running.ended
  expect({
    exitCode,
    said: stderr.match(/first {5}warms 2.*|warming.*2 of 2.*|released the.*|done:.*/g),
  }).toEqual({
    exitCode: 0,
    said: [
      'first     warms 2 environments of the new version',
      'warming version 2: 2 of 2 environments ready',
      'done: live is on version 2 (before: 1)',
      'released the 2 provisioned environments of version 1',
    ],
  })
  expect(await environments(service)).toEqual({ '2': 'READY 2' })
})

test('a candidate whose start fails stops before any traffic: exit 6, and its environments are gone', async () => {
  const [service, place] = await warmService()
  await service.writeHandler(broken)
  const failed = await runTo(6, ['deploy', '-e', 'test'], place)
  expect(failed.stderr).toContain('could not provision concurrency')
  expect(failed.stderr).toContain('FUNCTION_ERROR_INIT_FAILURE')
  expect(failed.stderr).not.toContain('shifted')
  expect(await environments(service)).toEqual({ '1': 'READY 2' })
  await sandbox().expectAlias(service.lambdaName, '1')
})

test('a canary that is rolled back keeps the stable version warm, and releases the candidate', async () => {
  const [service, place] = await warmService()
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const running = canary(place, alarm, '--steps', '50', '--every', '60s')
  await running.says(/\(step 1 of 1\)/)
  await sandbox().setAlarm(alarm, 'ALARM')
  expectExit(await running.ended, 7)
  expect(await environments(service)).toEqual({ '1': 'READY 2' })
})

test('SIGINT while it warms leaves the alias, and takes the environments away again: exit 130', async () => {
  const [service, place] = await warmService()
  await service.writeHandler(slowToStart)
  const deploy = start(['deploy', '-e', 'test'], place)
  await deploy.says(/warming version 2: 0 of 2/)
  deploy.child.kill('SIGINT')
  const ended = await deploy.ended
  expectExit(ended, 130)
  expect(ended.stderr).toContain('released the 2 provisioned environments of version 2')
  expect(await environments(service)).toEqual({ '1': 'READY 2' })
  await sandbox().expectAlias(service.lambdaName, '1')
})

test('an alias with environments of its own hands them over, said beforehand', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await putOnAlias(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  const planned = await canary(place, alarm, '--dry-run').ended
  expect(planned.stderr).toContain("moves live's own 1 to version 1, which runs on demand meanwhile")
  expect(planned.stderr).toMatch(/preflight warn {2}provisioned concurrency: .*live hands its 1 over/)
  expect(await environments(service)).toEqual({ live: 'READY 1' })
  const running = canary(place, alarm, '--json')
  await running.says(/"event":"shifted"/)
  expect(await environments(service)).toEqual({ '1': 'READY 1', '2': 'READY 1' })
  const ended = await running.ended
  expect(ended.exitCode).toBe(0)
  const told = eventsOf(ended).filter(({ event }) => event === 'warming' || event === 'cooled')
  expect(told).toContainEqual(
    expect.objectContaining({ event: 'warming', version: '1', available: 1, requested: 1 }),
  )
  expect(told.at(-1)).toMatchObject({ event: 'cooled', version: '1', requested: 1 })
  expect(await environments(service)).toEqual({ '2': 'READY 1' })
  await sandbox().expectAlias(service.lambdaName, '2')
})

test('weights that Lambda left behind are explained by status, and cleared by the next release', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(broken)
  await runTo(6, ['deploy', '-e', 'test'], place)
  await putOnAlias(service)
  const move = { FunctionName: service.lambdaName, Name: 'live', FunctionVersion: '2' }
  await sandbox().lambda.send(new UpdateAliasCommand(move))
  expect(await sandbox().alias(service.lambdaName)).toMatchObject({ version: '2', weights: { '1': 1 } })
  const status = await runTo(0, ['status', '-e', 'test'], place)
  expect(status.stdout).toContain(
    'live is on version 2, but a weight of 100% sends all its traffic to version 1',
  )
  await service.writeHandler(answering('three'))
  const released = await runTo(0, ['deploy', '-e', 'test'], place)
  expect(released.stderr).toContain('they are cleared, and all traffic stays on version 1')
  await sandbox().expectAlias(service.lambdaName, '3')
  expect(await environments(service)).toEqual({ '3': 'READY 1' })
  const listed = await runTo(0, ['history', 'hello', '-e', 'test', '--json'], place)
  expect(entriesOf(listed)).toMatchObject([
    { strategy: 'all-at-once', from: '1', candidate: '3', outcome: 'done' },
    { strategy: 'rollback', from: '2', candidate: '1' },
    {},
  ])
})
