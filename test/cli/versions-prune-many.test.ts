import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/start.ts'
import { runTo } from './cli.ts'
import { useCounts } from './counts.ts'
import { TestSandbox } from './sandbox.ts'
import { makeService, type Service, temporaryFolder } from './service.ts'

const many = 10_000

async function sandboxIn(stateDirectory: string, speed: number): Promise<[TestSandbox, () => Promise<void>]> {
  const running = await startSandbox({ port: 0, accessKey: 'test', stateDirectory, speed })
  return [new TestSandbox(running.url), () => running.close()]
}

/** Copies version 1 in the state of a sandbox that has ended, until the function has so many versions. */
function copyVersion(stateDirectory: string, { lambdaName }: Service): void {
  const state = new DatabaseSync(join(stateDirectory, 'state.db'))
  const key = `eu-west-1/${lambdaName}`
  state.exec(`
    WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${many})
    INSERT INTO records
    SELECT kind, '${key}:' || n, json_set(record, '$.configuration.Version', CAST(n AS TEXT))
    FROM records, numbers WHERE kind = 'function' AND key = '${key}:1';
    UPDATE records SET record = json_set(record, '$.nextVersion', ${many + 1})
    WHERE kind = 'function' AND key = '${key}'`)
  state.close()
}

test('of 10,000 versions those that go are deleted with the calls that the budget allows for each', {
  timeout: 300_000,
}, async () => {
  const service = await makeService()
  const folder = await temporaryFolder()
  const [first, closeFirst] = await sandboxIn(folder, 1)
  await first.deployFirst(service)
  await closeFirst()
  copyVersion(folder, service)
  const [sandbox, close] = await sandboxIn(folder, 1000)
  onTestFinished(close)
  const counts = useCounts(sandbox.url)
  const prune = ['versions', 'prune', 'hello', '-e', 'test', '--keep', String(many - 101), '--yes', '--json']
  const pruned = await runTo(0, prune, sandbox.place(service))
  const { functions } = JSON.parse(pruned.stdout) as { functions: { done: { deleted: string[] } }[] }
  expect(functions[0]?.done.deleted).toEqual(Array.from({ length: 100 }, (_, index) => String(index + 2)))
  const { ListAliases = 0, ListProvisionedConcurrencyConfigs, ListEventSourceMappings, ...others } = counts()
  expect(others).toEqual({
    GetCallerIdentity: 1,
    GetFunction: 1,
    GetAccountSettings: 2,
    FilterLogEvents: 1,
    CreateLogStream: 1,
    PutLogEvents: 3,
    // Lambda shows 50 on a page, $LATEST among them.
    ListVersionsByFunction: many / 50 + 1,
    // For the plan, and right before the deletion.
    GetPolicy: 2 * 100,
    DeleteFunction: 100,
  })
  // Once a second at most, however many versions go.
  expect([ListProvisionedConcurrencyConfigs, ListEventSourceMappings]).toEqual([ListAliases, ListAliases])
  expect(ListAliases).toBeLessThan(100)
})
