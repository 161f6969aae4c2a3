import { describe, expect, test } from 'vitest'
import { resume } from '../../src/workflows/resume.ts'
import { steerRelease } from '../../src/workflows/steer-release.ts'
import { carry, recordOf, story, watching } from './canary.ts'
import { hooksAt } from './fake-commands.ts'
import { all, carryWith, outcomes, ran, scripted, told } from './hooked.ts'
import { failureOf, start, target } from './world.ts'

const first = '3 10% on 4 shifting @0'

test('each runs at its point, and what comes after it waits for it', async () => {
  const made = scripted({
    'before-shift': (nth) => ({ seconds: nth === 1 ? 0 : 5 }),
    'after-shift': { seconds: 4 },
  })
  await carryWith(made, all)
  expect(ran(made)).toEqual([
    'confirm-rollout @0',
    'before-shift @0',
    'after-shift @0-4',
    'before-shift @60-65',
    'after-shift @65-69',
    'before-promote @125',
    'after-shift @130-134',
  ])
  expect(story(made).map((line) => line.replace(/@.*/, ''))).toEqual([
    '3 10% on 4 shifting ',
    '3 50% on 4 shifting ',
    '4 baking ',
    '4 done ',
  ])
  expect(outcomes(made)).toEqual([
    ['confirm-rollout', 'preflight', 0, 'pass'],
    ['before-shift', 'preflight', 0, 'pass'],
    ['after-shift', 'shifting', 1, 'pass'],
    ['before-shift', 'shifting', 1, 'pass'],
    ['after-shift', 'shifting', 2, 'pass'],
    ['before-promote', 'shifting', 2, 'pass'],
    ['after-shift', 'baking', 2, 'pass'],
  ])
})

describe('before the first shift anything but a pass is a failed preflight, and nothing moved', () => {
  test.each([
    ['confirm-rollout', { code: 3, output: 'no\ndatabase is behind\n' }, 'exited with 3: database is behind'],
    ['confirm-rollout', { code: 75 }, 'exited with 75'],
    ['confirm-rollout', { seconds: 90 }, 'was not done within 1 min'],
    ['before-shift', { code: 1 }, 'exited with 1'],
  ] as const)('%s %j', async (hook, script, reason) => {
    const made = scripted({ [hook]: script })
    expect(await failureOf(carryWith(made, all))).toMatchObject({
      code: 'PREFLIGHT_FAILED',
      message: `Version 4 got no traffic, since hook ${hook} ${reason}.`,
    })
    expect(made.changes()).toEqual([])
    expect(made.journal.map(({ entry }) => entry['kind'])).not.toContain('plan')
    expect(made.journal.at(-1)?.entry).toMatchObject({
      kind: 'hook',
      point: hook,
      reason: `hook ${hook} ${reason}`,
    })
  })

  test('the hook before the switch stands in its place where there is no step', async () => {
    const made = scripted({ 'before-promote': { code: 1 } })
    const failure = await failureOf(carryWith(made, all, { strategy: 'all-at-once', steps: [] }))
    expect(failure).toMatchObject({ code: 'PREFLIGHT_FAILED' })
    expect(ran(made)).toEqual(['confirm-rollout @0', 'before-promote @0'])
    expect(made.changes()).toEqual([])
  })

  test('one that this lambdactl.yaml does not have is no pass', async () => {
    const made = scripted()
    const failure = await failureOf(carryWith(made, ['confirm-rollout'], {}, { hooks: {} }))
    expect(failure).toMatchObject({
      code: 'PREFLIGHT_FAILED',
      message: 'Version 4 got no traffic, since hook confirm-rollout is not in this configuration file.',
    })
  })

  test('an alarm that began to fire while they ran stops it as well', async () => {
    const made = scripted({ 'confirm-rollout': { seconds: 30 } })
    made.alarms = {
      errors: [
        [0, 'OK'],
        [20_000, 'ALARM'],
      ],
    }
    expect(await failureOf(carryWith(made, all))).toMatchObject({ code: 'PREFLIGHT_FAILED' })
    expect(made.changes()).toEqual([])
  })

  test('an interrupt stops it', async () => {
    const made = scripted({ 'confirm-rollout': { seconds: 30 } })
    made.clock.at(start + 10_000, made.interrupt)
    expect(await failureOf(carryWith(made, all))).toMatchObject({
      code: 'INTERRUPTED',
      message: 'Interrupted before any traffic moved: the alias did not change.',
    })
    expect(made.commands.ran).toMatchObject([{ hook: 'confirm-rollout', to: 10, how: 'stopped' }])
    expect(made.changes()).toEqual([])
  })
})

describe('in the course of a release', () => {
  test.each([
    ['before-shift', (nth: number) => ({ code: nth === 1 ? 0 : 1 }), [first, '3 rolled-back @65']],
    ['after-shift', () => ({ code: 1 }), [first, '3 rolled-back @2']],
    ['before-promote', () => ({ code: 1 }), [first, '3 50% on 4 shifting @60', '3 rolled-back @125']],
  ] as const)('%s that fails rolls back', async (hook, script, expected) => {
    const made = scripted({ [hook]: script })
    const failure = await failureOf(carryWith(made, [hook]))
    expect(failure).toMatchObject({
      code: 'ROLLED_BACK',
      message: `Alias live of shop-checkout-prod is back on version 3: hook ${hook} exited with 1.`,
    })
    expect(story(made)).toEqual(expected)
    expect(recordOf(made)).toMatchObject({ phase: 'rolled-back', reason: `hook ${hook} exited with 1` })
    expect(told(made).at(-1)).toBe(`${hook} failed`)
  })

  test.each([
    ['75', { code: 75 }, 'exited with 75'],
    ['a time-out', { seconds: 1000 }, 'was not done within 1 min'],
  ])('%s is inconclusive and pauses; approved, it is asked again', async (_, script, reason) => {
    const made = scripted({ 'before-promote': (nth) => (nth === 1 ? script : {}) })
    expect(await failureOf(carryWith(made, ['before-promote']))).toMatchObject({
      code: 'PAUSED',
      message: `The release of live of shop-checkout-prod is paused: its gates are inconclusive: hook before-promote ${reason}.`,
    })
    expect(recordOf(made)).toMatchObject({ phase: 'paused', step: 2 })
    await steerRelease(made.run, target, { verb: 'approve' })
    await resume(made.run, target, { ...watching, hooks: hooksAt(['before-promote']) })
    expect(made.commands.ran.map(({ how }) => how).at(-1)).toBe('exited')
    expect(recordOf(made)?.phase).toBe('done')
  })

  test('an alarm that fires while a hook runs rolls back at once, and the hook is stopped', async () => {
    const made = scripted({ 'after-shift': { seconds: 50 } })
    made.alarms = {
      errors: [
        [0, 'OK'],
        [10_000, 'ALARM'],
      ],
    }
    expect(await failureOf(carryWith(made, ['after-shift']))).toMatchObject({ code: 'ROLLED_BACK' })
    expect(story(made)).toEqual([first, '3 rolled-back @10'])
    expect(made.commands.ran).toMatchObject([{ hook: 'after-shift', from: 0, to: 10, how: 'stopped' }])
    expect(told(made)).toEqual(['after-shift started', 'after-shift stopped'])
    expect(outcomes(made)).toEqual([['after-shift', 'shifting', 1, 'stopped']])
  })

  test('a hook that takes longer than its step holds the step', async () => {
    const made = scripted({ 'after-shift': (nth) => ({ seconds: nth === 1 ? 100 : 0 }) })
    await carry(made, { hooks: ['after-shift'] }, { hooks: hooksAt(['after-shift'], 3_600_000) })
    expect(story(made).slice(0, 2)).toEqual([first, '3 50% on 4 shifting @100'])
  })

  test('a look without data while a hook runs, or just after it, does not pause the release', async () => {
    const made = scripted({ 'before-promote': { seconds: 300 } })
    made.alarms = {
      errors: [
        [0, 'OK'],
        [200_000, 'INSUFFICIENT_DATA'],
        [430_000, 'OK'],
      ],
    }
    await carry(made, { hooks: ['before-promote'] }, { hooks: hooksAt(['before-promote'], 3_600_000) })
    expect(story(made).at(-2)).toMatch(/^4 baking @43\d$/)
  })

  test('without a bake a hook after the switch still decides', async () => {
    const made = scripted({ 'after-shift': { code: 1 } })
    const plan = { strategy: 'all-at-once', steps: [], bakeMs: 0 } as const
    expect(await failureOf(carryWith(made, ['after-shift'], plan))).toMatchObject({ code: 'ROLLED_BACK' })
    expect(story(made)).toEqual(['4 baking @0', '3 rolled-back @2'])
  })

  test('and where it passes, the release is done, told once', async () => {
    const made = scripted({ 'after-shift': { seconds: 2 } })
    await carryWith(made, ['after-shift'], { strategy: 'all-at-once', steps: [], bakeMs: 0, alarms: [] })
    expect(story(made)).toEqual(['4 baking @0', '4 done @2'])
    expect(made.events.filter(({ event }) => event === 'shifted')).toHaveLength(1)
  })

  test('an interrupt stops the hook and rolls back; the hook after it runs to its end', async () => {
    const made = scripted({ 'after-shift': { seconds: 50 }, 'after-rollback': { seconds: 20 } })
    made.clock.at(start + 11_000, made.interrupt)
    expect(await failureOf(carryWith(made, all))).toMatchObject({ code: 'INTERRUPTED' })
    expect(made.commands.ran.slice(2)).toMatchObject([
      { hook: 'after-shift', to: 11, how: 'stopped' },
      { hook: 'after-rollback', from: 11, to: 31, how: 'exited' },
    ])
  })

  test('a person who pauses meanwhile has the hook stopped', async () => {
    const made = scripted({ 'after-shift': { seconds: 50 } })
    made.clock.at(start + 10_000, () => void steerRelease(made.run, target, { verb: 'pause' }))
    expect(await failureOf(carryWith(made, ['after-shift']))).toMatchObject({ code: 'PAUSED' })
    expect(made.commands.ran).toMatchObject([{ how: 'stopped' }])
  })

  test("a person's promotion does not ask the hook before it, and the one after it runs", async () => {
    const made = scripted()
    made.clock.at(start + 10_000, () => void steerRelease(made.run, target, { verb: 'promote' }))
    await carryWith(made, ['before-promote', 'after-shift'])
    expect(made.commands.ran.map(({ hook }) => hook)).toEqual(['after-shift', 'after-shift'])
    expect(recordOf(made)?.phase).toBe('done')
  })

  test('a step that awaits approval asks the hook before the next shift once it is approved', async () => {
    const made = scripted()
    const steps = [
      { percent: 10, holdMs: 60_000, approval: true },
      { percent: 50, holdMs: 60_000 },
    ]
    const hooks = ['before-shift', 'after-shift'] as const
    expect(await failureOf(carryWith(made, hooks, { steps }))).toMatchObject({ code: 'PAUSED' })
    expect(made.commands.ran.map(({ hook }) => hook)).toEqual(['before-shift', 'after-shift'])
    await steerRelease(made.run, target, { verb: 'approve' })
    await resume(made.run, target, { ...watching, hooks: hooksAt(hooks) })
    expect(made.commands.ran.map(({ hook }) => hook).slice(2)).toEqual([
      'before-shift',
      'after-shift',
      'after-shift',
    ])
  })
})
