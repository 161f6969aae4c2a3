import { describe, expect, test } from 'vitest'
import type { HookPoint } from '../../src/release/plan/hooks.ts'
import type { Resuming } from '../../src/workflows/resume.ts'
import { resume } from '../../src/workflows/resume.ts'
import { failing } from './calls.ts'
import { carry, recordOf, watching } from './canary.ts'
import { hooksAt } from './fake-commands.ts'
import { all, carryWith, outcomes, ran, scripted } from './hooked.ts'
import { failureOf, start, target } from './world.ts'

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
      text: 'hook after-rollback exited with 9; the rollback was made anyway.',
    })
    expect(outcomes(made)).toEqual([['after-rollback', 'rolled-back', 1, 'fail']])
  })

  test('also where a first shift without an answer was taken back', async () => {
    const made = scripted()
    made.calls.faults.push(failing('aliases.update', 1, { error: new Error('boom'), takesEffect: true }))
    expect(await failureOf(carryWith(made, ['after-rollback']))).toMatchObject({ code: 'BUG' })
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
  const leaving: Resuming = { ...watching, watch: false, hooks: hooksAt(hooks) }

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
    ['does not have', {}, 'is not in this configuration file'],
    [
      "can't resolve",
      { 'before-shift': { unusable: 'the variable TOKEN is not set.' } },
      "can't be run from this configuration file: the variable TOKEN is not set.",
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
