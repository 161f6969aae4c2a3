import { describe, expect, test } from 'vitest'
import { formatRecord } from '../../../src/release/values/record.ts'
import { awsError, failing, outage } from '../calls.ts'
import { aliasOf, canaryWorld, carry, plan, recordOf, rollOut, story, watching } from '../canary.ts'
import { failureOf, start, target, world } from '../world.ts'

const first = '3 10% on 4 shifting @0'
const second = '3 50% on 4 shifting @60'
const full = '4 baking @120'

test('a good canary goes through its steps and its bake, one update each', async () => {
  const made = canaryWorld()
  const result = await carry(made)
  expect(story(made)).toEqual([first, second, full, '4 done @240'])
  expect(result).toEqual({ function: 'checkout', outcome: 'released', version: '4', previous: '3' })
  expect(recordOf(made)).toMatchObject({ id: 'ours', phase: 'done', held: ['4', '3', '2'] })
  expect(made.events.at(-1)).toEqual({
    function: 'checkout',
    event: 'done',
    alias: 'live',
    version: '4',
    previous: '3',
  })
})

test('an all-at-once release switches, bakes and is done', async () => {
  const made = canaryWorld()
  await carry(made, { strategy: 'all-at-once', steps: [] })
  expect(story(made)).toEqual(['4 baking @0', '4 done @120'])
})

test('without a bake the switch is the end', async () => {
  const made = canaryWorld()
  await carry(made, { steps: [], bakeMs: 0, alarms: [] })
  expect(story(made)).toEqual(['4 done @0'])
})

test('the first release creates the alias', async () => {
  const made = world()
  const firstPlan = { ...plan, stable: undefined, held: [], steps: [], bakeMs: 0, alarms: [] }
  await rollOut({ run: made.run, target, plan: firstPlan }, undefined, watching)
  expect(made.changes()).toEqual(['aliases.create'])
  expect(recordOf(made)).toMatchObject({ phase: 'done', held: ['4'] })
})

test('the plan and the Description that it replaces are in the journal before anything moves', async () => {
  const made = canaryWorld()
  made.aliases.byHand(target.lambdaName, { description: "somebody's words" })
  await carry(made)
  expect(made.calls.made.map(({ name }) => name).slice(0, 3)).toEqual([
    'identity.caller',
    'journal.append',
    'aliases.update',
  ])
  expect(made.journal[0]).toMatchObject({
    releaseId: 'ours',
    entry: { kind: 'plan', plan, replaced: "somebody's words" },
  })
  expect(made.journal.map(({ entry }) => entry['kind'])).toEqual([
    'plan',
    'shifted',
    'decision',
    'shifted',
    'decision',
    'shifted',
    'decision',
    'done',
  ])
})

describe('an alarm that fires takes everything back with one update', () => {
  test.each([
    ['the first step', 30_000, [first, '3 rolled-back @30']],
    ['the second step', 90_000, [first, second, '3 rolled-back @90']],
    ['the bake', 150_000, [first, second, full, '3 rolled-back @150']],
  ])('in %s', async (_, after, expected) => {
    const made = canaryWorld()
    made.alarms = {
      errors: [
        [0, 'OK'],
        [after, 'ALARM'],
      ],
    }
    expect(await failureOf(carry(made))).toMatchObject({
      code: 'ROLLED_BACK',
      message:
        'Alias live of shop-checkout-prod is back on version 3: alarm errors is in ALARM (it is ALARM).',
    })
    expect(story(made)).toEqual(expected)
    expect(aliasOf(made)).not.toHaveProperty('weight')
    expect(recordOf(made)).toMatchObject({
      phase: 'rolled-back',
      held: ['3', '2'],
      reason: 'alarm errors is in ALARM (it is ALARM)',
    })
  })

  test('and it is told how long after', async () => {
    const made = canaryWorld()
    made.alarms = {
      errors: [
        [0, 'OK'],
        [30_500, 'ALARM'],
      ],
    }
    await failureOf(carry(made))
    expect(made.events.at(-1)).toMatchObject({ event: 'rolled-back', version: '3', seconds: 1.5 })
    expect(made.journal.at(-1)?.entry).toMatchObject({ kind: 'outcome', outcome: 'rolled-back' })
  })
})

describe('missing data is no success', () => {
  test('a step without data is extended once, then paused with its weight and its reason', async () => {
    const made = canaryWorld()
    made.alarms = { errors: [[0, 'INSUFFICIENT_DATA']] }
    expect(await failureOf(carry(made))).toMatchObject({
      code: 'PAUSED',
      message:
        'The release of live of shop-checkout-prod is paused: its gates are inconclusive: not enough data for errors.',
    })
    expect(story(made)).toEqual([first, '3 10% on 4 paused @120'])
    expect(recordOf(made)).toMatchObject({ phase: 'paused', step: 1, reason: 'not enough data for errors' })
    expect(aliasOf(made)?.weight).toEqual({ version: '4', percent: 10 })
  })

  test('data that comes during the extension goes on', async () => {
    const made = canaryWorld()
    made.alarms = {
      errors: [
        [0, 'INSUFFICIENT_DATA'],
        [80_000, 'OK'],
      ],
    }
    await carry(made)
    expect(story(made)).toEqual([first, '3 50% on 4 shifting @80', '4 baking @140', '4 done @260'])
  })

  test('an alarm that is deleted pauses too', async () => {
    const made = canaryWorld()
    made.alarms = {
      errors: [
        [0, 'OK'],
        [70_000, undefined],
      ],
    }
    expect(await failureOf(carry(made))).toMatchObject({ code: 'PAUSED' })
    expect(recordOf(made)?.reason).toBe('these alarms no longer exist: errors')
    expect(story(made).at(-1)).toBe('3 50% on 4 paused @180')
  })
})

describe('while AWS can not be read', () => {
  test.each(['UNREACHABLE', 'AWS_UNAVAILABLE', 'NOT_AUTHENTICATED', 'NOT_PERMITTED'] as const)(
    'the step waits, and goes on afterwards: %s',
    async (code) => {
      const made = canaryWorld()
      made.calls.faults.push(outage(start + 20_000, start + 75_000, awsError(code)))
      await carry(made)
      expect(story(made)).toEqual([first, '3 50% on 4 shifting @75', '4 baking @135', '4 done @255'])
    },
  )

  test('an alarm that is known to fire counts though the alias can not be read', async () => {
    const made = canaryWorld()
    made.alarms = { errors: [[0, 'ALARM']] }
    const error = awsError('AWS_UNAVAILABLE')
    made.calls.faults.push(({ name }) => (name === 'aliases.get' ? { error } : undefined))
    expect(await failureOf(carry(made))).toMatchObject({ code: 'ROLLED_BACK' })
    expect(story(made)).toEqual([first, '3 rolled-back @0'])
  })

  test('a good verdict moves nothing as long as the alias can not be read', async () => {
    const made = canaryWorld()
    const error = awsError('AWS_UNAVAILABLE')
    made.calls.faults.push(({ name, time }) =>
      name === 'aliases.get' && time < start + 70_000 ? { error } : undefined,
    )
    await carry(made)
    expect(story(made)[1]).toBe('3 50% on 4 shifting @70')
  })
})

test('the interrupt takes everything back', async () => {
  const made = canaryWorld()
  made.clock.at(start + 30_500, made.interrupt)
  expect(await failureOf(carry(made))).toMatchObject({ code: 'INTERRUPTED' })
  expect(story(made)).toEqual([first, '3 rolled-back @30.5'])
  expect(recordOf(made)?.reason).toBe('interrupted by the user')
})

test('a journal that can not be written is a warning, and nothing more', async () => {
  const made = canaryWorld()
  const error = awsError('NOT_PERMITTED', 'no logs:PutLogEvents')
  made.calls.faults.push(({ name }) => (name === 'journal.append' ? { error } : undefined))
  await carry(made)
  expect(story(made)).toHaveLength(4)
  expect(made.events).toContainEqual({
    function: 'checkout',
    event: 'warning',
    text: 'The release goes on, but its journal could not be written. no logs:PutLogEvents',
  })
})

test('nor does it stop a rollback', async () => {
  const made = canaryWorld()
  made.alarms = { errors: [[0, 'ALARM']] }
  const error = new Error('boom')
  made.calls.faults.push(({ name }) => (name === 'journal.append' ? { error } : undefined))
  expect(await failureOf(carry(made))).toMatchObject({ code: 'ROLLED_BACK' })
  expect(story(made).at(-1)).toBe('3 rolled-back @0')
})

describe('an error that nobody foresaw takes everything back', () => {
  test.each([
    ['alarms.describe', new Error('boom'), 'lambdactl failed unexpectedly: boom'],
    ['aliases.get', new Error('boom'), 'lambdactl failed unexpectedly: boom'],
    ['aliases.get', awsError('BUG', 'odd answer'), 'odd answer'],
  ])('of %s', async (name, error, message) => {
    const made = canaryWorld()
    made.calls.faults.push(failing(name, 3, { error }))
    expect(await failureOf(carry(made))).toMatchObject({
      code: 'BUG',
      message: expect.stringContaining(message) as string,
    })
    expect(story(made)).toEqual([first, '3 rolled-back @4'])
  })

  test.each(['shifted', 'observed'])('of whoever shows that it %s', async (event) => {
    const made = canaryWorld()
    let once = true
    const emit = (told: { event: string }) => {
      if (told.event !== event || !once) return
      once = false
      throw new Error('EPIPE')
    }
    const run = { ...made.run, emit }
    expect(await failureOf(carry({ ...made, run }))).toMatchObject({ code: 'BUG' })
    expect(story(made)).toEqual([first, '3 rolled-back @0'])
  })
})

test('the record never outgrows the Description', async () => {
  const made = canaryWorld()
  const versions = {
    candidate: '100005',
    stable: '100004',
    held: ['100004', '100003', '100002', '100001', '100000'],
  }
  made.aliases.byHand(target.lambdaName, { version: '100004' })
  made.alarms = { ['long'.repeat(60)]: [[0, 'ALARM']] }
  await failureOf(carry(made, { ...versions, alarms: Object.keys(made.alarms) }))
  const record = recordOf(made)
  expect(record).toMatchObject({ phase: 'rolled-back', held: versions.held })
  expect(record && formatRecord(record)).toHaveLength(256)
})

test("an hour's canary takes less than 5% of what the account may ask of DescribeAlarms", async () => {
  const made = canaryWorld()
  const holdMs = 20 * 60_000
  const steps = [
    { percent: 10, holdMs },
    { percent: 50, holdMs },
  ]
  await carry(made, { steps, bakeMs: holdMs })
  const looks = made.calls.made.filter(({ name }) => name === 'alarms.describe').length
  expect(looks).toBeLessThan(0.05 * 9 * 3600)
  expect(looks).toBeGreaterThan(3600 / 5)
})
