import { describe, expect, test } from 'vitest'
import type { HookPoint } from '../../src/release/hooks.ts'
import type { Plan } from '../../src/release/plan.ts'
import type { Following } from '../../src/workflows/follow.ts'
import { resume } from '../../src/workflows/resume.ts'
import { steerRelease } from '../../src/workflows/steer-release.ts'
import { failing } from './calls.ts'
import { canaryWorld, carry, recordOf, story, watching } from './canary.ts'
import { type HookScript, hooksAt } from './fake-commands.ts'
import { failureOf, start, target, type World } from './world.ts'

const all: readonly HookPoint[] = [
  'confirm-rollout',
  'before-shift',
  'after-shift',
  'before-promote',
  'after-rollback',
]
const first = '3 10% on 4 shifting @0'

/** A world whose hooks come out by script; others pass at once. */
function scripted(
  scripts: Partial<Record<HookPoint, HookScript | ((nth: number) => HookScript)>> = {},
): World {
  const made = canaryWorld()
  made.commands.script = (hook, nth) => {
    const script = scripts[hook] ?? {}
    return typeof script === 'function' ? script(nth) : script
  }
  return made
}

/** Carries the canary out with these hooks. */
function carryWith(
  made: World,
  hooks: readonly HookPoint[],
  changed: Partial<Plan> = {},
  following: Partial<Following> = {},
) {
  return carry(made, { ...changed, hooks }, { hooks: hooksAt(hooks), ...following })
}

/** The hooks that ran, in short: `before-shift @60-65`, in seconds. */
function ran({ commands }: World): string[] {
  return commands.ran.map(({ hook, from, to }) => `${hook} @${from}${to === from ? '' : `-${to}`}`)
}

/** What was told of hooks, in short. */
function told({ events }: World): string[] {
  return events.flatMap((event) => (event.event === 'hook' ? [`${event.hook} ${event.state}`] : []))
}

function outcomes({ journal }: World): unknown[] {
  return journal.flatMap(({ entry }) =>
    entry['kind'] === 'hook' ? [[entry['point'], entry['phase'], entry['step'], entry['outcome']]] : [],
  )
}

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
    ['confirm-rollout', { seconds: 90 }, 'was not done within 1m'],
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
      message: "Version 4 got no traffic, since hook confirm-rollout isn't in this lambdactl.yaml.",
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
      message: 'Interrupted before any traffic moved: the alias is where it was.',
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
    ['a time-out', { seconds: 1000 }, 'was not done within 1m'],
  ])('%s is inconclusive and pauses; approved, it is asked again', async (_, script, reason) => {
    const made = scripted({ 'before-promote': (nth) => (nth === 1 ? script : {}) })
    expect(await failureOf(carryWith(made, ['before-promote']))).toMatchObject({
      code: 'PAUSED',
      message: `The release of live of shop-checkout-prod is paused: its gates are inconclusive: hook before-promote ${reason}.`,
    })
    expect(recordOf(made)).toMatchObject({ phase: 'paused', step: 2 })
    await steerRelease(made.run, target, 'approve', undefined)
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
    made.clock.at(start + 10_000, () => void steerRelease(made.run, target, 'pause', undefined))
    expect(await failureOf(carryWith(made, ['after-shift']))).toMatchObject({ code: 'PAUSED' })
    expect(made.commands.ran).toMatchObject([{ how: 'stopped' }])
  })

  test("a person's promotion does not ask the hook before it, and the one after it runs", async () => {
    const made = scripted()
    made.clock.at(start + 10_000, () => void steerRelease(made.run, target, 'promote', undefined))
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
    await steerRelease(made.run, target, 'approve', undefined)
    await resume(made.run, target, { ...watching, hooks: hooksAt(hooks) })
    expect(made.commands.ran.map(({ hook }) => hook).slice(2)).toEqual([
      'before-shift',
      'after-shift',
      'after-shift',
    ])
  })
})

describe('after a rollback', () => {
  test('its hook is told why, in one line; that it fails is only a warning', async () => {
    const made = scripted({ 'after-rollback': { code: 9 } })
    made.alarms = { errors: [[0, 'ALARM']] }
    expect(
      await failureOf(carry(made, { hooks: ['after-rollback'] }, { hooks: hooksAt(['after-rollback']) })),
    ).toMatchObject({
      code: 'ROLLED_BACK',
    })
    expect(made.commands.ran[0]?.environment).toMatchObject({
      LAMBDACTL_HOOK: 'after-rollback',
      LAMBDACTL_PERCENT: '0',
      LAMBDACTL_STEP: '1',
      LAMBDACTL_REASON: 'alarm errors is in ALARM (it is ALARM)',
    })
    expect(made.events.at(-1)).toMatchObject({
      event: 'warning',
      text: 'hook after-rollback exited with 9; the rollback was made all the same.',
    })
    expect(outcomes(made)).toEqual([['after-rollback', 'rolled-back', 1, 'fail']])
  })

  test('also where a first shift without an answer was taken back', async () => {
    const made = scripted()
    made.calls.faults.push(failing('aliases.update', 1, { error: new Error('boom'), takesEffect: true }))
    expect(await failureOf(carryWith(made, ['after-rollback']))).toMatchObject({ code: 'ROLLED_BACK' })
    expect(ran(made)).toEqual(['after-rollback @0'])
  })

  test('it does not run where nothing was rolled back', async () => {
    const made = scripted({ 'after-shift': { code: 75 } })
    expect(await failureOf(carryWith(made, ['after-shift', 'after-rollback']))).toMatchObject({
      code: 'PAUSED',
    })
    expect(ran(made)).toEqual(['after-shift @0'])
  })
})

describe('over several processes', () => {
  const hooks = ['before-shift', 'after-shift', 'before-promote'] as const
  const leaving: Following = { ...watching, watch: false, hooks: hooksAt(hooks) }

  test('a tick stays until its hook has ended, and no hook that passed runs again', async () => {
    const made = scripted({ 'after-shift': { seconds: 4 }, 'before-promote': { seconds: 4 } })
    await carryWith(made, hooks, {}, { watch: false })
    expect(made.clock.now()).toBe(start + 4000)
    for (let tick = 1; tick <= 10; tick += 1) {
      await made.clock.sleep(30_000)
      await resume(made.run, target, leaving)
    }
    expect(recordOf(made)?.phase).toBe('done')
    expect(made.commands.ran.map(({ hook }) => hook)).toEqual([
      'before-shift',
      'after-shift',
      'before-shift',
      'after-shift',
      'before-promote',
      'after-shift',
    ])
  })

  test.each([
    ['does not have', {}, "isn't in this lambdactl.yaml"],
    [
      "can't resolve",
      { 'before-shift': { unusable: 'the variable TOKEN is not set.' } },
      "can't be run from this lambdactl.yaml: the variable TOKEN is not set.",
    ],
  ])(
    'a hook that the machine at hand %s pauses the release when its turn comes',
    async (_, local, reason) => {
      const made = scripted()
      await carryWith(made, ['before-shift'], {}, { watch: false })
      await resume(made.run, target, { ...leaving, hooks: local })
      expect(recordOf(made)?.phase).toBe('shifting')
      await made.clock.sleep(60_000)
      const failure = await failureOf(resume(made.run, target, { ...leaving, hooks: local }))
      expect(failure.message).toContain(`hook before-shift ${reason}`)
      expect(recordOf(made)).toMatchObject({ phase: 'paused', step: 1 })
    },
  )

  test('a hook that is not in the plan does not run, whatever the configuration has by now', async () => {
    const made = scripted()
    await carry(made, {}, { hooks: hooksAt(all) })
    expect(ran(made)).toEqual([])
  })
})

test('a hook has the facts of its release', async () => {
  const made = scripted()
  await carryWith(made, all)
  const release = {
    LAMBDACTL_RELEASE: 'ours',
    LAMBDACTL_FUNCTION: 'checkout',
    LAMBDACTL_LAMBDA_NAME: 'shop-checkout-prod',
    LAMBDACTL_ENV: 'prod',
    LAMBDACTL_ALIAS: 'live',
    LAMBDACTL_STRATEGY: 'canary',
    LAMBDACTL_CANDIDATE: '4',
    LAMBDACTL_STABLE: '3',
    LAMBDACTL_STEPS: '2',
  }
  const at = (hook: HookPoint, step: string, percent: string) => ({
    ...release,
    LAMBDACTL_HOOK: hook,
    LAMBDACTL_STEP: step,
    LAMBDACTL_PERCENT: percent,
  })
  expect(made.commands.ran.map(({ environment }) => environment)).toEqual([
    at('confirm-rollout', '0', '0'),
    at('before-shift', '1', '10'),
    at('after-shift', '1', '10'),
    at('before-shift', '2', '50'),
    at('after-shift', '2', '50'),
    at('before-promote', '2', '100'),
    at('after-shift', '2', '100'),
  ])
})

test('the journal has what a hook wrote, and its plan only the names', async () => {
  const made = scripted({ 'after-shift': { seconds: 2, code: 4, output: 'one\ntwo\n' } })
  await failureOf(carryWith(made, ['after-shift']))
  const [plan] = made.journal
  expect(plan?.entry['plan']).toMatchObject({ hooks: ['after-shift'] })
  expect(JSON.stringify(made.journal)).not.toContain('hook.sh')
  expect(made.journal.find(({ entry }) => entry['kind'] === 'hook')?.entry).toMatchObject({
    point: 'after-shift',
    phase: 'shifting',
    step: 1,
    since: start,
    outcome: 'fail',
    exitCode: 4,
    seconds: 2,
    output: 'one\ntwo\n',
  })
})
