import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { expectExit, type Running, runTo, start } from './cli.ts'
import { startProxy } from './proxy.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'

const sandbox = useSandbox()

/** A place whose requests of a kind are held until they are let go. */
async function holding(service: Pick<Service, 'folder'>, kind: RegExp) {
  const arrived = Promise.withResolvers<void>()
  const free = Promise.withResolvers<'passes'>()
  const proxy = await startProxy(sandbox().url, (_, { method, url }: IncomingMessage) => {
    if (!kind.test(`${method} ${url}`)) return 'passes'
    arrived.resolve()
    return free.promise
  })
  const place = sandbox().place(service, { AWS_ENDPOINT_URL: proxy.url })
  return { place, arrived: arrived.promise, letGo: () => free.resolve('passes') }
}

const deploy = ['deploy', '-e', 'test']

test('of two that update the code at the same moment one wins; the other exits 5 and says that something changed the function', async () => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  const held: Awaited<ReturnType<typeof holding>>[] = []
  const runs: Running[] = []
  for (const text of ['two', 'three']) {
    await service.writeHandler(answering(text))
    const one = await holding(service, /^PUT .*\/code$/)
    runs.push(start(deploy, one.place))
    held.push(one)
    await one.arrived
  }
  for (const { letGo } of held) letGo()
  const ended = await Promise.all(runs.map((one) => one.ended))
  const [winner, loser] = ended.toSorted((a, b) => Number(a.exitCode) - Number(b.exitCode))
  if (!winner || !loser) throw new Error('There are two.')
  expectExit(winner, 0)
  expect(winner.stdout).toBe('hello: version 2 has 100% of live (before: 1)\n')
  expectExit(loser, 5)
  expect(loser.stderr).toMatch(
    /This release of \S+ stopped, since something else changed the function, last at \d{4}-\d\d-\d\d [\d:]+\+00:00\. Could not update the code/,
  )
  await sandbox().expectAlias(service.lambdaName, '2')
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1', '2'])
})

test('one that had published when another took the alias exits 5 and names that release; its version is used by its next try', async () => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  await service.writeHandler(answering('theirs'))
  const theirs = await holding(service, /^PUT .*\/aliases\//)
  const first = start(deploy, theirs.place)
  await theirs.arrived
  await service.writeHandler(answering('ours'))
  const ours = await holding(service, /^PUT .*\/aliases\//)
  const second = start(deploy, ours.place)
  await ours.arrived
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1', '2', '3'])
  theirs.letGo()
  expectExit(await first.ended, 0)
  ours.letGo()
  const lost = await second.ended
  expectExit(lost, 5)
  expect(lost.stderr).toMatch(
    /since release \w{8} \(all-at-once of version 2, done\) by arn:aws:iam::000000000000:user\/sandbox changed the alias first\./,
  )
  await sandbox().expectAlias(service.lambdaName, '2')
  const again = await runTo(0, deploy, sandbox().place(service))
  expect(again.stdout).toBe('hello: version 3 has 100% of live (before: 2)\n')
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1', '2', '3'])
  expect((await sandbox().alias(service.lambdaName)).description).toContain('| held 3 2 1 |')
})

test('the winner of both is not what the loser published: back to its content, it is published again', async () => {
  const service = await makeService()
  await sandbox().deployFirst(service)
  await service.writeHandler(answering('ours'))
  const ours = await holding(service, /^PUT .*\/aliases\//)
  const first = start(deploy, ours.place)
  await ours.arrived
  await service.writeHandler(answering('theirs'))
  await runTo(0, deploy, sandbox().place(service))
  ours.letGo()
  expectExit(await first.ended, 5)
  await sandbox().expectAlias(service.lambdaName, '3')
  const same = await runTo(0, deploy, sandbox().place(service))
  expect(same.stdout).toContain('nothing to deploy')
  await service.writeHandler(answering('ours'))
  const again = await runTo(0, deploy, sandbox().place(service))
  expect(again.stdout).toBe('hello: version 4 has 100% of live (before: 3)\n')
})
