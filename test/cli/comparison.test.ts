import { InvokeCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { eventsOf, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

/** A service with its first version deployed and another one to release. */
async function compared(compare: string) {
  const service = await makeService()
  await service.writeRelease(`steps: [50], every: 1s, compare: ${compare}`)
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  return { service, place }
}

test('a comparison gates a canary without any alarm: the dry run names it, and what it lacks', async () => {
  const { place } = await compared('true')
  const { stderr } = await runTo(0, ['canary', 'hello', '-e', 'test', '--dry-run'], place)
  expect(stderr).toMatch(
    /plan: canary \w+ moves live from version 1 to .*, gated by a comparison with version 1\n/,
  )
  expect(stderr).toMatch(/preflight warn {2}comparison: version 1 had no traffic through live in 15 minutes/)
  expect(stderr).toContain("preflight warn  comparison: the comparison can't pass within 8 minutes")
})

test('minutes that are not counted yet are no success: the canary is paused, exit 8', async () => {
  const { service, place } = await compared('true')
  const canary = start(['canary', 'hello', '-e', 'test', '--json'], place)
  await canary.says(/"event":"shifted"/)
  const { lambdaName } = service
  await sandbox().lambda.send(new InvokeCommand({ FunctionName: lambdaName, Qualifier: 'live' }))
  const ended = await canary.ended
  expect(ended.exitCode).toBe(8)
  const events = eventsOf(ended)
  expect(events.find(({ event }) => event === 'planned')).toMatchObject({
    plan: {
      alarms: [],
      comparison: { inconclusive: 'hold', settings: { confidence: 0.95 }, settleMs: 125_000 },
    },
  })
  expect(events.find(({ event }) => event === 'paused')).toMatchObject({
    reason: 'undecided: no minute has figures of both versions',
  })
  expect(await sandbox().alias(lambdaName)).toMatchObject({ version: '1', weights: { '2': 0.5 } })
})

test('where undecided may pass, a canary without traffic goes on to its end', async () => {
  const { service, place } = await compared('{inconclusive: pass}')
  const { stderr } = await runTo(0, ['canary', 'hello', '-e', 'test'], place)
  expect(stderr).toContain('gate pass: not known to be worse, undecided: no minute has figures')
  await sandbox().expectAlias(service.lambdaName, '2')
})
