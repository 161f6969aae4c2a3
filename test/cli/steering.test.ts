import { expect, test } from 'vitest'
import { type Place, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'

const sandbox = useSandbox()

/** A canary that its process left after the first shift. */
async function detached(): Promise<{ service: Service; place: Place }> {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-errors`)
  const steps = ['--steps', '10', '--every', '1s', '--bake', '1s', '--alarm', alarm]
  const left = await run(['canary', 'hello', '-e', 'test', ...steps, '--detach'], place)
  expect(left.exitCode).toBe(8)
  expect(left.stdout).toMatch(
    /^hello: version 2 goes on at [^;]+; carry it on with: lambdactl canary resume hello --env test\n {2}→ /,
  )
  return { service, place }
}

const on = (verb: string, ...more: string[]) => ['canary', verb, 'hello', '-e', 'test', ...more]

test('a detached canary is carried to its end by ticks of other processes, which leave with exit 8', async () => {
  const { service, place } = await detached()
  expect(await sandbox().alias(service.lambdaName)).toMatchObject({ version: '1', weights: { '2': 0.1 } })
  const exits: (number | null)[] = []
  for (let tick = 0; tick < 20 && exits.at(-1) !== 0; tick += 1) {
    exits.push((await run(on('resume', '--detach'), place)).exitCode)
  }
  expect(exits.at(-1)).toBe(0)
  expect(exits.slice(0, -1).every((code) => code === 8)).toBe(true)
  await sandbox().expectAlias(service.lambdaName, '2')
  const idle = await runTo(0, on('resume'), place)
  expect(idle.stdout).toBe('hello: no release is in progress, live is on version 2\n')
})

test('pause, status, approve and promote work from any process, and twice', async () => {
  const { service, place } = await detached()
  const paused = await runTo(0, on('pause', '--reason', 'lunch'), place)
  expect(paused.stdout).toMatch(/ is paused at step 1 of 1, with 10% on version 2, since [^.]+: lunch\.\n$/)
  expect((await runTo(0, on('pause'), place)).stdout).toContain('nothing to do, ')
  expect((await runTo(8, on('resume'), place)).stderr).toContain('is paused: lunch')
  const status = await runTo(0, on('status', '--json'), place)
  expect(JSON.parse(status.stdout)).toMatchObject({
    record: { phase: 'paused', reason: 'lunch' },
    plan: { candidate: '2', stable: '1', steps: [{ percent: 10, holdMs: 1000 }] },
    toCome: [],
  })
  await runTo(0, on('approve'), place)
  const promoted = await runTo(0, on('promote'), place)
  expect(promoted.stdout).toContain('is baking')
  await sandbox().expectAlias(service.lambdaName, '2')
  expect((await runTo(0, on('resume'), place)).stdout).toBe('hello: version 2 has 100% of live (before: 1)\n')
})

test('abort takes everything back, and there is nothing to approve after it', async () => {
  const { service, place } = await detached()
  const aborted = await runTo(0, on('abort', '--reason', 'wrong commit'), place)
  expect(aborted.stdout).toContain('was rolled back to version 1')
  const { description } = await sandbox().expectAlias(service.lambdaName, '1')
  expect(description).toMatch(/\| rolled-back 1\/1 \| .* \| wrong commit$/)
  await runTo(0, on('abort'), place)
  const refused = await runTo(5, on('approve'), place)
  expect(refused.stderr).toContain('There is nothing to approve, since no release is in progress')
})
