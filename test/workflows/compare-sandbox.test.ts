import { CreateAliasCommand } from '@aws-sdk/client-lambda'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connection } from '../../src/aws/client/connection.ts'
import { connectAws } from '../../src/aws/connect-aws.ts'
import { usualConfig } from '../../src/errors/next-step.ts'
import { defaultComparison } from '../../src/gates/comparison/settings.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { Plan } from '../../src/release/plan/plan.ts'
import { resultOf } from '../../src/workflows/ending/result-of.ts'
import type { Run, Target } from '../../src/workflows/run/run.ts'
import { settleMs } from '../../src/workflows/watch/compare-versions.ts'
import {
  invoke,
  nodeHandler,
  publishFirst,
  publishNext,
  type RunningSandbox,
  runSandbox,
} from '../sandbox/end-to-end/running-sandbox.ts'
import { rollOut, watching } from './canary.ts'
import { failureOf, world } from './world.ts'

const minute = 60_000
const target: Target = { function: 'pay', environment: 'test', lambdaName: 'pay', alias: 'live' }

beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

/** A clock that sends real traffic in the first sleep, and then leaps from minute to minute. */
function leapingClock(send: () => Promise<void>): Clock {
  let now = Date.now()
  let sent = false
  const sleep = async () => {
    if (!sent) await send()
    // The sandbox counts by its own time, which has gone on meanwhile.
    now = sent ? now + minute : Math.max(now, Date.now())
    sent = true
  }
  return { now: () => now, elapsed: () => now, sleep, pause: sleep, realMs: (ms) => ms }
}

async function canary(running: RunningSandbox) {
  const send = async () => {
    for (let each = 0; each < 60; each += 1) await invoke(running, 'pay', 'live')
  }
  const clock = leapingClock(send)
  const options = { region: 'eu-west-1', endpoint: running.sandbox.url, profile: undefined }
  const signal = new AbortController().signal
  const { runCommand } = world().run
  const aws = connectAws(connection(options, clock))
  const run: Run = { aws, clock, runCommand, signal, config: usualConfig, emit: () => undefined }
  const plan: Plan = {
    id: 'k3f9q2',
    strategy: 'canary',
    candidate: '2',
    stable: '1',
    held: ['1'],
    steps: [{ percent: 50, holdMs: 30 * minute }],
    bakeMs: 0,
    alarms: [],
    comparison: {
      settings: defaultComparison,
      inconclusive: 'hold',
      since: clock.now(),
      settleMs: settleMs(3),
    },
  }
  const release = { run, target, plan }
  return resultOf(release, await rollOut(release, await run.aws.aliases.get('pay', 'live'), watching))
}

test('a version that fails its traffic is rolled back by the metrics of the alias alone, with the figures', async () => {
  const running = await runSandbox()
  await publishFirst(running, 'pay', nodeHandler('"one"'))
  await publishNext(running, 'pay', [
    { name: 'index.mjs', content: "export const handler = async () => { throw new Error('no price') }\n" },
  ])
  const alias = { FunctionName: 'pay', Name: 'live', FunctionVersion: '1' }
  await running.lambda.send(new CreateAliasCommand(alias))
  const failure = await failureOf(canary(running))
  expect(failure).toMatchObject({ code: 'ROLLED_BACK' })
  expect(failure.message).toMatch(
    /^Alias live of pay is back on version 1: worse than stable: error-rate 100% against 0% of stable over [12] minutes?, at least [\d.]+ times as high/,
  )
  expect(await invoke(running, 'pay', 'live')).toMatchObject({ payload: 'one', version: '1' })
})
