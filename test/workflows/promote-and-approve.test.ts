import { describe, expect, test } from 'vitest'
import { histories } from '../../src/workflows/history/history.ts'
import { resume, resumeApproved } from '../../src/workflows/resume.ts'
import { type SteeringVerb, steerRelease } from '../../src/workflows/steer-release.ts'
import { awsError } from './calls.ts'
import { aliasOf, canaryWorld, carry, recordOf, watching } from './canary.ts'
import { failureOf, start, target, type World } from './world.ts'

async function inFirstStep(): Promise<World> {
  const made = canaryWorld()
  await carry(made, {}, { watch: false })
  return made
}

const steer = (made: World, verb: SteeringVerb, reason?: string) =>
  steerRelease(made.run, target, { verb, reason })

describe('a promotion', () => {
  test('by a step begins the next one, and by one more the bake', async () => {
    const made = await inFirstStep()
    expect(await steer(made, 'step')).toMatchObject({ changed: true, phase: 'shifting' })
    expect(aliasOf(made)).toMatchObject({ weight: { version: '4', percent: 50 } })
    expect(await steer(made, 'step')).toMatchObject({ changed: true, phase: 'baking' })
    expect(await steer(made, 'step')).toMatchObject({ changed: false })
    expect(await resume(made.run, target, watching)).toMatchObject({ outcome: 'released' })
  })

  test('by a step, made by two people at once, goes one step', async () => {
    const made = await inFirstStep()
    const clock = { ...made.run.clock, now: () => made.clock.now() + 5 }
    const other = steerRelease({ ...made.run, clock }, target, { verb: 'step' })
    const results = await Promise.all([steer(made, 'step'), other])
    expect(results.map(({ changed }) => changed).toSorted((a, b) => Number(a) - Number(b))).toEqual([
      false,
      true,
    ])
    expect(recordOf(made)).toMatchObject({ phase: 'shifting', step: 2 })
  })

  test.each(['step', 'promote'] as const)('%s is refused while an alarm fires', async (verb) => {
    const made = await inFirstStep()
    await steer(made, 'pause', 'lunch')
    made.alarms = { errors: [[0, 'ALARM']] }
    const updates = made.aliases.updates.length
    expect(await failureOf(steer(made, verb))).toMatchObject({
      code: 'PREFLIGHT_FAILED',
      next: [
        'End the release: lambdactl canary abort checkout --env prod',
        `If the release can't wait, override the gate, on record: lambdactl canary promote checkout --env prod --breakglass "why"`,
      ],
    })
    expect(made.aliases.updates).toHaveLength(updates)
  })

  test('is refused where the alarms can not be read', async () => {
    const made = await inFirstStep()
    made.calls.faults.push(({ name }) =>
      name === 'alarms.describe' ? { error: awsError('NOT_PERMITTED') } : undefined,
    )
    expect(await failureOf(steer(made, 'promote'))).toMatchObject({ code: 'PREFLIGHT_FAILED' })
  })

  test('goes past an alarm that fires with a breakglass, which holds for whoever carries it on', async () => {
    const made = await inFirstStep()
    await steer(made, 'pause', 'lunch')
    made.alarms = { errors: [[0, 'ALARM']] }
    await steerRelease(made.run, target, { verb: 'promote', breakglass: 'incident 42' })
    expect(recordOf(made)).toMatchObject({ phase: 'baking', reason: 'breakglass: incident 42' })
    expect(await resume(made.run, target, watching)).toMatchObject({ outcome: 'released' })
    const [[release] = []] = await histories(made.run, [target], 10 * start)
    expect(release).toMatchObject({ breakglass: 'incident 42' })
  })

  test('that lost to another change excuses nothing from then on', async () => {
    const made = await inFirstStep()
    await steer(made, 'pause', 'lunch')
    made.alarms = { errors: [[0, 'ALARM']] }
    made.calls.faults.push(({ name }) =>
      name === 'aliases.update' ? { error: awsError('CONFLICT', 'it moved') } : undefined,
    )
    const promotion = steerRelease(made.run, target, { verb: 'promote', breakglass: 'incident 42' })
    expect(await failureOf(promotion)).toMatchObject({ code: 'CONFLICT' })
    expect(made.journal.map(({ entry }) => JSON.stringify(entry)).join('\n')).not.toContain('incident 42')
  })

  test('leaves out what the gates have yet to show, and says how they stood', async () => {
    const made = await inFirstStep()
    made.alarms = { errors: [[0, 'INSUFFICIENT_DATA']] }
    expect(await steer(made, 'promote')).toMatchObject({
      changed: true,
      verdict: { outcome: 'inconclusive' },
      effect: 'version 4 gets 100% now, and its bake follows, for 2 min',
    })
  })
})

describe('an approval', () => {
  test('of a release that could not decide says beforehand what it does, and on what figures', async () => {
    const made = canaryWorld()
    made.alarms = { errors: [[0, 'INSUFFICIENT_DATA']] }
    await failureOf(carry(made))
    const before = made.aliases.updates.length
    const updatesThen: number[] = []
    made.run = {
      ...made.run,
      emit(event) {
        if (event.event === 'deciding') updatesThen.push(made.aliases.updates.length)
        made.events.push(event)
      },
    }
    await steer(made, 'approve')
    expect(updatesThen).toEqual([before])
    expect(made.events).toContainEqual({
      function: 'checkout',
      event: 'deciding',
      verb: 'approve',
      effect: 'step 1 of 2 begins again: 10% on version 4, for 1 min',
      waiting: expect.stringContaining('errors') as string,
      verdict: { outcome: 'inconclusive', reason: expect.stringContaining('errors') as string },
    })
  })

  test('needs neither the plan nor the gates', async () => {
    const made = await inFirstStep()
    await steer(made, 'pause')
    made.calls.faults.push(({ name }) =>
      name === 'journal.read' || name === 'alarms.describe' ? { error: new Error('boom') } : undefined,
    )
    expect(await steer(made, 'approve')).toMatchObject({
      changed: true,
      effect: 'step 1 of 2 begins again: 10% on version 4',
    })
  })

  test.each(['approve', 'promote', 'pause'] as const)(
    'and each other decision is not made once it is interrupted: %s',
    async (verb) => {
      const made = await inFirstStep()
      if (verb === 'approve') await steer(made, 'pause')
      const controller = new AbortController()
      made.run = { ...made.run, signal: controller.signal }
      const updates = made.aliases.updates.length
      controller.abort()
      expect(await failureOf(steer(made, verb))).toMatchObject({ code: 'INTERRUPTED' })
      expect(made.aliases.updates).toHaveLength(updates)
    },
  )

  test('and carrying it on are one', async () => {
    const made = await inFirstStep()
    await steer(made, 'pause', 'lunch')
    expect(await resumeApproved(made.run, target, watching)).toMatchObject({ outcome: 'released' })
    expect(await resumeApproved(made.run, target, watching)).toMatchObject({ outcome: 'idle' })
  })
})
