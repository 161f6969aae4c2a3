import { describe, expect, test } from 'vitest'
import { defaultComparison } from '../../../src/gates/comparison/settings.ts'
import type { PlannedComparison } from '../../../src/release/plan/comparison.ts'
import type { Plan } from '../../../src/release/plan/plan.ts'
import { findAlarms } from '../../../src/workflows/preflight/alarms/find-alarms.ts'
import { proveGates } from '../../../src/workflows/preflight/prove-gates.ts'
import { observe } from '../../../src/workflows/watch/observe.ts'
import { traffic } from '../../gates/comparison-traffic.ts'
import { awsError, outage } from '../calls.ts'
import { aliasOf, canaryWorld, carry, plan, recordOf, story } from '../canary.ts'
import { failureOf, start, target, type World } from '../world.ts'

const minute = 60_000
const comparison: PlannedComparison = {
  settings: defaultComparison,
  inconclusive: 'hold',
  since: start,
  settleMs: 130_000,
}
/** Ten minutes each of 10% and 50%, with nothing but the comparison to gate them. */
const compared: Partial<Plan> = {
  steps: [
    { percent: 10, holdMs: 10 * minute },
    { percent: 50, holdMs: 10 * minute },
  ],
  bakeMs: 0,
  alarms: [],
  comparison,
}
const withComparison = (changed: Partial<PlannedComparison>) => ({
  ...compared,
  comparison: { ...comparison, ...changed },
})

/** 10,000 invocations a minute from the start on, a tenth of them the candidate's; so many of those fail. */
function busy(made: World, errors: number): World {
  made.traffic = (time) =>
    time < start ? undefined : { candidate: traffic(1000, errors), stable: traffic(9000, 90) }
  return made
}

const readings = ({ calls }: World) => calls.made.filter(({ name }) => name === 'metrics.traffic')

/** The observation so many minutes after the start, while the candidate has 10%. */
async function seenAfter(made: World, minutes: number, changed: Partial<Plan> = {}) {
  made.aliases.byHand(target.lambdaName, { weight: { version: '4', percent: 10 } })
  const alias = aliasOf(made)
  if (!alias) throw new Error('There is an alias.')
  await made.clock.sleep(minutes * minute)
  return observe({ run: made.run, target, plan: { ...plan, comparison, ...changed } }, alias)
}

describe('a canary that is compared', () => {
  test('goes through its steps without any alarm when it is no worse', async () => {
    const made = busy(canaryWorld(), 10)
    await carry(made, compared)
    expect(story(made)).toEqual(['3 10% on 4 shifting @0', '3 50% on 4 shifting @600', '4 done @1200'])
  })

  test('is rolled back as soon as it is surely worse, with the figures', async () => {
    const made = busy(canaryWorld(), 100)
    expect(await failureOf(carry(made, compared))).toMatchObject({
      code: 'ROLLED_BACK',
      message: expect.stringMatching(
        /is back on version 3: worse than stable: error-rate 10% against 1% of stable over 1 minute, 10 times as high/,
      ) as string,
    })
    // The first minute ends after 60 s and is settled 130 s later.
    expect(story(made)).toEqual(['3 10% on 4 shifting @0', '3 rolled-back @190'])
    expect(recordOf(made)?.reason).toMatch(/^worse than stable: error-rate 10% against 1%/)
  })

  test('tells the figures of each metric at every look, from the first minute that counts', async () => {
    const made = busy(canaryWorld(), 10)
    await carry(made, compared)
    const told = made.events.flatMap((event) =>
      event.event === 'observed' ? [event.comparison?.find(({ metric }) => metric === 'error-rate')] : [],
    )
    expect(told[0]).toMatchObject({ outcome: 'inconclusive', minutes: 0, candidate: undefined })
    expect(told.at(-1)).toMatchObject({ outcome: 'pass', candidate: 0.01, stable: 0.01 })
    expect(told.every((metric) => metric)).toBe(true)
  })

  test('without traffic is extended once, then paused', async () => {
    const made = canaryWorld()
    expect(await failureOf(carry(made, compared))).toMatchObject({
      code: 'PAUSED',
      message: expect.stringContaining('undecided: no minute has figures of both versions') as string,
    })
    expect(story(made)).toEqual(['3 10% on 4 shifting @0', '3 10% on 4 paused @1200'])
  })

  test('without traffic goes on where undecided may pass', async () => {
    const made = canaryWorld()
    await carry(made, withComparison({ inconclusive: 'pass' }))
    expect(recordOf(made)).toMatchObject({ phase: 'done' })
  })

  test('is rolled back by its alarm too', async () => {
    const made = busy(canaryWorld(), 10)
    made.alarms = {
      errors: [
        [0, 'OK'],
        [30_000, 'ALARM'],
      ],
    }
    expect(await failureOf(carry(made, { ...compared, alarms: ['errors'] }))).toMatchObject({
      code: 'ROLLED_BACK',
      message:
        'Alias live of shop-checkout-prod is back on version 3: alarm errors is in ALARM (it is ALARM).',
    })
  })

  describe('once it has all traffic', () => {
    const baking: Partial<Plan> = { alarms: ['errors'], bakeMs: 10 * minute }

    test('bakes under its alarm, since nothing is left to compare', async () => {
      const made = canaryWorld()
      await carry(made, { ...withComparison({ inconclusive: 'pass' }), ...baking })
      expect(story(made).slice(2)).toEqual(['4 baking @1200', '4 done @1800'])
      expect(made.events.findLast(({ event }) => event === 'observed')).toMatchObject({
        verdict: { reason: 'errors is OK; version 4 has all traffic, so there is nothing left to compare' },
      })
    })

    test('is still rolled back by what was counted late', async () => {
      const made = busy(canaryWorld(), 10)
      const good = made.traffic
      // These minutes are settled only after the last step has passed.
      const late = { candidate: traffic(5000, 150), stable: traffic(5000, 50) }
      made.traffic = (time) => (time < start + 17 * minute ? good(time) : late)
      expect(await failureOf(carry(made, { ...compared, ...baking }))).toMatchObject({ code: 'ROLLED_BACK' })
      expect(story(made).slice(2)).toEqual(['4 baking @1200', '3 rolled-back @1210'])
    })
  })
})

describe('the metrics', () => {
  test('are not read when the plan compares nothing', async () => {
    const made = canaryWorld()
    await carry(made)
    expect(readings(made)).toEqual([])
  })

  test('are read once a minute at most, however often the gates are looked at', async () => {
    const made = busy(canaryWorld(), 10)
    await carry(made, compared)
    const times = readings(made).map(({ time }) => Math.floor((time - comparison.settleMs) / minute))
    expect(times.length).toBeGreaterThan(10)
    expect(new Set(times).size).toBe(times.length)
  })

  test('are read from the first shift on, up to the last minute that is counted for good', async () => {
    const made = canaryWorld()
    const asked: number[] = []
    made.traffic = (time) => {
      asked.push((time - start) / minute)
      return undefined
    }
    // 330 s after the start, less 130 s to settle, three minutes are full.
    await seenAfter(made, 5.5, { comparison: { ...comparison, since: start + 30_000 } })
    expect(asked).toEqual([0, 1, 2])
  })

  test('are given with the verdict', async () => {
    const { verdict, comparison: seen } = await seenAfter(busy(canaryWorld(), 10), 15)
    expect(verdict).toMatchObject({
      outcome: 'pass',
      reason: expect.stringMatching(
        /^errors is OK; not worse than stable by a margin that matters, after 12 minutes and 12,000 invocations/,
      ) as string,
    })
    expect(seen?.metrics.map(({ metric, outcome }) => `${metric} ${outcome}`)).toEqual([
      'error-rate pass',
      'throttle-rate pass',
      'duration-p50 pass',
      'duration-p90 pass',
    ])
  })

  test('give the same verdict on another machine, which has the plan from the journal', async () => {
    const here = await seenAfter(busy(canaryWorld(), 10), 15)
    const copy = JSON.parse(JSON.stringify(comparison)) as PlannedComparison
    expect(await seenAfter(busy(canaryWorld(), 10), 15, { comparison: copy })).toEqual(here)
  })

  test.each(['hold', 'pass'] as const)(
    'that can not be read are no success, also where undecided may %s',
    async (inconclusive) => {
      const made = busy(canaryWorld(), 10)
      made.calls.faults.push(({ name }) =>
        name === 'metrics.traffic' ? { error: awsError('NOT_PERMITTED', 'no GetMetricData') } : undefined,
      )
      const { verdict, comparison: seen } = await seenAfter(made, 15, withComparison({ inconclusive }))
      expect({ verdict, seen }).toEqual({
        verdict: { outcome: 'inconclusive', reason: 'no GetMetricData' },
        seen: undefined,
      })
    },
  )

  test('are read again once AWS answers', async () => {
    const made = busy(canaryWorld(), 10)
    made.calls.faults.push(outage(start + 5 * minute, start + 12 * minute))
    await carry(made, compared)
    expect(recordOf(made)).toMatchObject({ phase: 'done' })
  })
})

describe('preflight', () => {
  const prove = async (made: World, changed: Partial<Plan> = compared) => {
    const proved = { ...plan, candidate: 'next', ...changed }
    const selection = await findAlarms(made.run, proved.alarms)
    return proveGates({ run: made.run, target, plan: proved }, aliasOf(made), { needsAlarm: true, selection })
  }
  const checks = ({ events }: World) =>
    events.flatMap((event) => (event.event === 'checked' ? [event.check] : []))

  test('takes a comparison for a gate: no alarm is needed', async () => {
    const made = canaryWorld()
    made.traffic = () => ({ candidate: traffic(0, 0), stable: traffic(100, 0) })
    await prove(made)
    expect(checks(made).map(({ title, outcome, detail }) => `${outcome} ${title}: ${detail}`)).toEqual([
      'pass triggers: none configured',
      'pass comparison: 1,500 invocations of version 3 through live in 15 minutes to compare with',
    ])
  })

  test('proves the alarms too, where there are some', async () => {
    const made = canaryWorld()
    await prove(made, { ...compared, alarms: ['errors'] })
    expect(checks(made).map(({ title, outcome }) => `${outcome} ${title}`)).toEqual([
      'pass triggers',
      'pass alarm errors',
      'warn comparison',
    ])
  })

  test('fails before anything moves when the metrics may not be read', async () => {
    const made = canaryWorld()
    made.calls.faults.push(({ name }) =>
      name === 'metrics.traffic' ? { error: awsError('NOT_PERMITTED') } : undefined,
    )
    expect(await failureOf(prove(made))).toMatchObject({ code: 'NOT_PERMITTED' })
    expect(made.changes()).toEqual([])
  })
})
