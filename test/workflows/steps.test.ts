import { describe, expect, test } from 'vitest'
import type { Plan } from '../../src/release/plan/plan.ts'
import { releaseStatus } from '../../src/workflows/release-status.ts'
import { resume } from '../../src/workflows/resume.ts'
import { steerRelease } from '../../src/workflows/steer-release.ts'
import { traffic } from '../gates/comparison-traffic.ts'
import { awsError } from './calls.ts'
import { canaryWorld, carry, recordOf, story, watching } from './canary.ts'
import { failureOf, start, target, type World } from './world.ts'

describe('a step that a person approves', () => {
  const approved: Partial<Plan> = {
    steps: [
      { percent: 10, holdMs: 60_000, approval: true },
      { percent: 50, holdMs: 60_000 },
    ],
  }

  async function awaiting(): Promise<World> {
    const made = canaryWorld()
    await failureOf(carry(made, approved))
    return made
  }

  test('ends the process that watches, once it has held and its gates pass, with what to do next', async () => {
    const made = canaryWorld()
    const failure = await failureOf(carry(made, approved))
    expect(failure).toMatchObject({
      code: 'PAUSED',
      message:
        'The release of live of shop-checkout-prod awaits approval: step 1 of 2 held and its gates pass.',
    })
    expect(failure).toMatchObject({
      next: expect.arrayContaining([
        'Let it go on: lambdactl canary approve checkout --env prod',
        'Or start it again, and carry it on from here: lambdactl canary resume checkout --env prod --approve',
      ]) as string[],
    })
    expect(story(made)).toEqual(['3 10% on 4 shifting @0', '3 10% on 4 awaiting-approval @60'])
  })

  test('moves on at once when it is approved and carried on, and does not ask again', async () => {
    const made = await awaiting()
    await made.clock.sleep(3_600_000)
    await steerRelease(made.run, target, { verb: 'approve' })
    expect(await steerRelease(made.run, target, { verb: 'approve' })).toMatchObject({ changed: false })
    await resume(made.run, target, watching)
    expect(story(made).slice(2)).toEqual([
      '3 10% on 4 approved @3660',
      '3 50% on 4 shifting @3660',
      '4 baking @3720',
      '4 done @3840',
    ])
  })

  test('is explained by its status, also while nobody has carried it on since it was approved', async () => {
    const made = await awaiting()
    const before = (await releaseStatus(made.run, target)).standing
    expect(before.phase).toBe('awaiting-approval')
    expect(before.summary).toContain('is awaiting approval at step 1 of 2, with 10% on version 4')
    expect(before.next).toContain('Let it go on: lambdactl canary approve checkout --env prod')
    await steerRelease(made.run, target, { verb: 'approve' })
    const { standing, upcoming } = await releaseStatus(made.run, target)
    expect(standing.next?.[0]).toContain('do so: lambdactl canary resume checkout --env prod')
    expect(upcoming[0]).toMatchObject({ at: start + 60_000, percent: 50, ends: false })
  })

  test('is rolled back by whoever looks at it while an alarm fires', async () => {
    const made = await awaiting()
    made.alarms = { errors: [[0, 'ALARM']] }
    expect(await failureOf(resume(made.run, target, watching))).toMatchObject({ code: 'ROLLED_BACK' })
  })

  test('may be aborted, and promoted past all that is to come', async () => {
    const aborted = await awaiting()
    await steerRelease(aborted.run, target, { verb: 'abort' })
    expect(recordOf(aborted)?.phase).toBe('rolled-back')
    const promoted = await awaiting()
    await steerRelease(promoted.run, target, { verb: 'promote' })
    expect(recordOf(promoted)?.phase).toBe('baking')
  })
})

describe('a step that needs invocations of the candidate', () => {
  const needing: Partial<Plan> = {
    steps: [
      { percent: 10, holdMs: 60_000, invocations: 100 },
      { percent: 50, holdMs: 60_000 },
    ],
  }

  function withTraffic(invocationsAMinute: number): World {
    const made = canaryWorld()
    made.traffic = () => ({
      candidate: traffic(invocationsAMinute, 0),
      stable: traffic(1000, 0),
    })
    return made
  }

  test('is over once it has had them', async () => {
    const made = withTraffic(100)
    await carry(made, needing)
    expect(story(made)[1]).toBe('3 50% on 4 shifting @60')
  })

  test('is extended until it has had them', async () => {
    const made = withTraffic(51)
    await carry(made, needing)
    expect(story(made)[1]).toBe('3 50% on 4 shifting @65')
  })

  test('pauses where it never gets them, with the figures', async () => {
    const made = withTraffic(7)
    const failure = await failureOf(carry(made, needing))
    expect(failure).toHaveProperty('code', 'PAUSED')
    expect(failure.message).toContain('14 of 100 invocations that the step needs on version 4')
    expect(story(made).at(-1)).toBe('3 10% on 4 paused @120')
  })

  test('is not over while the metrics can not be read', async () => {
    const made = withTraffic(100)
    made.calls.faults.push(({ name }) =>
      name === 'metrics.traffic' ? { error: awsError('NOT_PERMITTED') } : undefined,
    )
    expect(await failureOf(carry(made, needing))).toMatchObject({ code: 'PAUSED' })
  })

  test('reads no metrics before it could be over', async () => {
    const made = withTraffic(100)
    await carry(made, needing, { watch: false })
    expect(made.calls.made.map(({ name }) => name)).not.toContain('metrics.traffic')
  })

  test('does not hold a release back that an alarm rolls back', async () => {
    const made = withTraffic(0)
    made.alarms = {
      errors: [
        [0, 'OK'],
        [70_000, 'ALARM'],
      ],
    }
    expect(await failureOf(carry(made, needing))).toMatchObject({ code: 'ROLLED_BACK' })
  })
})
