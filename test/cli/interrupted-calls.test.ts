import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { expectExit, type Finished, start } from './cli.ts'
import { operationOf } from './operation.ts'
import { type Fate, startProxy } from './proxy.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

/** The fate of the nth request of an operation; all others pass. */
function only(operation: string, nth: number, fate: Fate) {
  let count = 0
  return (_: number, message: IncomingMessage): Fate => {
    if (operationOf(message) !== operation) return 'passes'
    count += 1
    return count === nth ? fate : 'passes'
  }
}

/** A deployed service, and a second version that has a step of ten minutes. */
async function serviceWithAlarm() {
  const service = await makeService()
  await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-refused`)
  await service.writeRelease(`alarms: [${alarm}], steps: [10, 50], every: 1s, bake: 600s`)
  return service
}

test.each([
  ['status -e test', 'GetFunction'],
  ['history -e test', 'FilterLogEvents'],
  ['diff -e test', 'GetFunction'],
  ['invoke hello -e test', 'Invoke'],
  ['concurrency show hello -e test', 'GetFunctionConcurrency'],
  ['canary status hello -e test', 'GetAlias'],
  ['logs tail hello -e test', 'FilterLogEvents'],
  ['logs tail hello -e test', 'GetFunction'],
  ['logs requests hello -e test', 'FilterLogEvents'],
  ['deploy -e test', 'GetAlias'],
])('SIGINT ends `%s` while %s hangs: exit 130, and nothing is asked for again', async (args, operation) => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  let lost = 0
  const proxy = await startProxy(sandbox().url, (_, message) => {
    if (operationOf(message) !== operation) return 'passes'
    lost += 1
    return 'is lost'
  })
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const hanging = start(args.split(' '), place)
  await proxy.unanswered
  hanging.child.kill('SIGINT')
  const ended = await hanging.ended
  expectInterrupted(ended, args)
  // That would be the end of its patience with itself.
  expect(ended.stderr).not.toContain('did not wait for')
  // The SDK would try three times; status asks for two things at once.
  expect(lost).toBeLessThan(3)
})

test('SIGINT while a change is not answered says with what flags to look at it: exit 130', async () => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  const proxy = await startProxy(sandbox().url, only('PutFunctionConcurrency', 1, 'is not answered'))
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const reserving = start(['concurrency', 'reserve', 'hello', '5', '-e', 'test'], place)
  await proxy.unanswered
  reserving.child.kill('SIGINT')
  const ended = await reserving.ended
  expectExit(ended, 130)
  expect(ended.stderr).toContain('See its state: lambdactl status hello --env test')
})

test.each<[string, Fate, string]>([
  ['was made', 'is not answered', 'interrupted after the alias was changed: live of NAME is on version 1'],
  ['never arrived', 'is lost', 'Interrupted before the alias was changed: live of NAME is on version 2'],
])('SIGINT in a rollback whose change %s says where the alias is: exit 130', async (_, fate, says) => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  await start(['deploy', '-e', 'test'], place).ended
  const proxy = await startProxy(sandbox().url, only('UpdateAlias', 1, fate))
  const away = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const rollback = start(['rollback', 'hello', '-e', 'test'], away)
  await proxy.unanswered
  rollback.child.kill('SIGINT')
  const ended = await rollback.ended
  expectExit(ended, 130)
  expect(ended.stderr).toContain(says.replace('NAME', service.lambdaName))
})

test.each<[string, string, number, Fate]>([
  ['its first shift, which was made', 'UpdateAlias', 1, 'is not answered'],
  ['its first shift, which never arrives', 'UpdateAlias', 1, 'is lost'],
  ['its second shift, which was made', 'UpdateAlias', 2, 'is not answered'],
  ['its second shift, which never arrives', 'UpdateAlias', 2, 'is lost'],
  ['a look at its alarms', 'DescribeAlarms', 3, 'is lost'],
])('SIGINT while a canary waits for %s: it is back on stable, exit 130', async (_, operation, nth, fate) => {
  const service = await serviceWithAlarm()
  const proxy = await startProxy(sandbox().url, only(operation, nth, fate))
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const canary = start(['canary', 'hello', '-e', 'test'], place)
  await proxy.unanswered
  canary.child.kill('SIGINT')
  const ended = await canary.ended
  expectExit(ended, 130)
  const { description } = await sandbox().expectAlias(service.lambdaName, '1')
  expect(description).toContain('| rolled-back ')
  expect(ended.stderr).not.toContain('gate failed')
})

test('SIGINT that pauses, while a shift is not answered, pauses where the shift has put it', async () => {
  const service = await serviceWithAlarm()
  const proxy = await startProxy(sandbox().url, only('UpdateAlias', 2, 'is not answered'))
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  const canary = start(['canary', 'hello', '-e', 'test', '--on-interrupt', 'pause'], place)
  await proxy.unanswered
  canary.child.kill('SIGINT')
  expectExit(await canary.ended, 130)
  const alias = await sandbox().alias(service.lambdaName)
  expect(alias).toMatchObject({ version: '1', weights: { '2': 0.5 } })
  expect(alias.description).toMatch(/\| paused 2\/2 \|.*\| interrupted by the user$/)
})

/** A tail ends without advice, since nobody needs any. */
function expectInterrupted(ended: Finished, args: string): void {
  if (!args.startsWith('logs')) return expectExit(ended, 130)
  expect(ended.exitCode).toBe(130)
}
