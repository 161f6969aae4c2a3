import { expect, test } from 'vitest'
import { entriesOf, type Place, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'

const sandbox = useSandbox()

/** A canary that its process left after the first shift. */
async function detached(shares = '10'): Promise<{ service: Service; place: Place; alarm: string }> {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  const alarm = await sandbox().alarm(`${service.lambdaName}-errors`)
  const steps = ['--steps', shares, '--every', '1s', '--bake', '1s', '--alarm', alarm]
  const left = await run(['canary', 'hello', '-e', 'test', ...steps, '--detach'], place)
  expect(left.exitCode).toBe(8)
  expect(left.stdout).toMatch(
    /^hello: version 2 goes on at [^;]+; carry it on with: lambdactl canary resume hello --env test\n {2}→ /,
  )
  return { service, place, alarm }
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
  const { stderr } = await runTo(8, on('resume'), place)
  expect(stderr).toContain('is paused: lunch')
  expect(stderr.match(/lunch/g), 'the reason is told once').toHaveLength(1)
  const status = await runTo(0, on('status', '--json'), place)
  expect(JSON.parse(status.stdout)).toMatchObject({
    record: { phase: 'paused', reason: 'lunch' },
    plan: { candidate: '2', stable: '1', steps: [{ percent: 10, holdMs: 1000 }] },
    upcoming: [],
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

test('promote --step goes one step on; an alarm that fires lets neither, but by a breakglass', async () => {
  const { service, place, alarm } = await detached('10,50')
  await runTo(0, on('pause', '--reason', 'lunch'), place)
  await sandbox().setAlarm(alarm, 'ALARM')
  const refused = await runTo(6, on('promote', '--step'), place)
  expect(refused.stderr).toContain('lambdactl canary abort hello --env test')
  expect(await sandbox().alias(service.lambdaName)).toMatchObject({ weights: { '2': 0.1 } })
  await sandbox().setAlarm(alarm, 'OK')
  const stepped = await runTo(0, on('promote', '--step'), place)
  expect(stepped.stderr).toContain('promote --step: version 2 gets 50% now, for 1 s')
  expect(await sandbox().alias(service.lambdaName)).toMatchObject({ weights: { '2': 0.5 } })
  await sandbox().setAlarm(alarm, 'ALARM')
  await runTo(6, on('promote'), place)
  await runTo(0, on('promote', '--breakglass', 'incident 42'), place)
  await runTo(0, on('resume'), place)
  const { description } = await sandbox().expectAlias(service.lambdaName, '2')
  expect(description).toContain('breakglass: incident 42')
})

test('resume --approve approves and carries on; the history names who, and whom they say to act for', async () => {
  const { place } = await detached()
  await runTo(0, on('pause', '--reason', 'lunch'), place)
  const github = {
    GITHUB_ACTOR: 'octocat',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_RUN_ID: '42',
  }
  const job = { ...place, env: { ...place.env, ...github } }
  const released = await runTo(0, on('resume', '--approve'), job)
  expect(released.stderr).toContain('approve: step 1 of 1 begins again: 10% on version 2, for 1 s')
  await runTo(0, on('resume', '--approve'), job)
  const told = await runTo(0, ['history', 'hello', '-e', 'test'], place)
  expect(told.stdout).toMatch(
    /approved by \S+, says it acts for octocat, https:\/\/github.com\/acme\/shop\/actions\/runs\/42/,
  )
  const listed = await runTo(0, ['history', 'hello', '-e', 'test', '--json'], place)
  const [release] = entriesOf(listed) as { acts: object[] }[]
  expect(release?.acts).toMatchObject([
    { did: 'paused', by: expect.stringMatching(/^arn:/) as string, reason: 'lunch' },
    { did: 'approved', actor: { name: 'octocat', url: 'https://github.com/acme/shop/actions/runs/42' } },
  ])
})
