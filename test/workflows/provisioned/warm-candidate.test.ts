import { beforeEach, describe, expect, test } from 'vitest'
import { awsError, failing } from '../calls.ts'
import { aliasOf, recordOf } from '../canary.ts'
import { deployed } from '../service.ts'
import { failureOf, start, target } from '../world.ts'
import { emptyWorld, environments, made, provisioned, release, shop, story, useShop } from './shop.ts'

useShop()

const named = (name: string) => made.calls.made.filter((call) => call.name === name)
const warnings = () => made.events.flatMap((event) => (event.event === 'warning' ? [event.text] : []))

test('a function without provisioned concurrency is asked for it once, and nothing else', async () => {
  await release()
  expect(named('concurrency.provisioned')).toHaveLength(1)
  expect(named('aliases.list')).toEqual([])
  expect(made.changes().filter((name) => name.startsWith('concurrency'))).toEqual([])
})

test('who may not see it still releases a function that is configured without, and is told', async () => {
  made.calls.faults.push(failing('concurrency.provisioned', 1, { error: awsError('NOT_PERMITTED') }))
  expect(await release()).toMatchObject({ outcome: 'released' })
  expect(warnings()).toEqual([
    'The new version gets no provisioned concurrency, even if the present one has some. AWS said NOT_PERMITTED',
  ])
})

test('who may not see it does not release a function that is configured with it', async () => {
  made.calls.faults.push(failing('concurrency.provisioned', 1, { error: awsError('NOT_PERMITTED') }))
  const failure = await failureOf(release({}, { provisionedConcurrency: 2 }))
  expect(failure).toMatchObject({ code: 'NOT_PERMITTED' })
  expect(made.changes()).toEqual([])
})

describe('the environments of the stable version come along', () => {
  test('ready on the candidate before any traffic, released behind it once the release is done', async () => {
    provisioned('1', 4)
    expect(await release()).toMatchObject({ outcome: 'released', version: '2' })
    expect(environments()).toEqual({ '2': 4 })
    expect(story()).toEqual([
      'warming 2 0/4',
      'warming 2 1/4',
      'warming 2 2/4',
      'warming 2 3/4',
      'warming 2 4/4',
      'shifted 10',
      'shifted 50',
      'shifted 100',
      'done',
      'cooled 1',
    ])
    expect(made.aliases.updates[0]?.after).toBeGreaterThanOrEqual(60_000)
  })

  test('as many as are configured', async () => {
    provisioned('1', 4)
    await release({}, { provisionedConcurrency: 3 })
    expect(environments()).toEqual({ '2': 3 })
  })

  test('and come with the first ones that are configured, also of a first release', async () => {
    emptyWorld()
    made.alarms = { errors: [[0, 'OK']] }
    await release({}, { provisionedConcurrency: 3 })
    expect(environments()).toEqual({ '1': 3 })
    expect(story().slice(-2)).toEqual(['shifted 100', 'done'])
  })

  test('and those that a release put before it died are used as they are', async () => {
    provisioned('1', 4)
    provisioned('2', 4)
    await release()
    expect(named('concurrency.provision')).toEqual([])
    expect(environments()).toEqual({ '2': 4 })
  })

  test('and are in the plan, before anything is done', async () => {
    provisioned('1', 4)
    await release({ dryRun: true })
    expect(made.events).toContainEqual(
      expect.objectContaining({
        event: 'planned',
        plan: expect.objectContaining({ provisioned: { amount: 4 } }) as unknown,
      }),
    )
    expect(environments()).toEqual({ '1': 4 })
  })
})

describe('nothing moves, and the candidate has none again', () => {
  beforeEach(() => provisioned('1', 4))
  const expectUnmoved = () => {
    expect(made.aliases.updates).toEqual([])
    expect(environments()).toEqual({ '1': 4 })
    expect(story().at(-1)).toBe('cooled 2')
  }

  test("when it does not start: AWS's reason, and where to look", async () => {
    made.provisioned.broken.add('2')
    expect(await failureOf(release())).toMatchObject({
      code: 'UPDATE_FAILED',
      message:
        'Lambda could not provision concurrency for shop-checkout-prod:2: FUNCTION_ERROR_INIT_FAILURE.',
      next: [expect.stringContaining('lambdactl logs tail checkout') as string],
    })
    expectUnmoved()
  })

  test('when the user interrupts while it warms', async () => {
    made.clock.at(made.clock.now() + 30_000, made.interrupt)
    expect(await failureOf(release())).toMatchObject({ code: 'INTERRUPTED' })
    expect(made.clock.now() - start).toBeLessThan(40_000)
    expectUnmoved()
  })

  test('when its smoke event fails', async () => {
    made.functions.answer = { payload: '{}', version: '2', functionError: 'Unhandled', logTail: '' }
    const smoke = { ...shop.fn.release, smoke: [{ name: undefined, payload: {}, expect: undefined }] }
    expect(await failureOf(release({}, { release: smoke }))).toMatchObject({ code: 'PREFLIGHT_FAILED' })
    expectUnmoved()
  })

  test('when the alias moves while it warms', async () => {
    made.clock.at(made.clock.now() + 30_000, () => made.aliases.byHand(target.lambdaName, { version: '9' }))
    expect(await failureOf(release())).toMatchObject({ code: 'CONFLICT' })
    expectUnmoved()
  })

  test('when it never gets ready', async () => {
    made.provisioned.warmMs = 3_600_000
    expect(await failureOf(release())).toMatchObject({ code: 'UPDATE_FAILED' })
    expectUnmoved()
  })
})

test('a reservation that is too small for both versions is named', async () => {
  provisioned('1', 4)
  made.provisioned.reserved = 6
  const failure = await failureOf(release())
  expect(failure).toMatchObject({
    code: 'AWS_REFUSED',
    next: [expect.stringContaining('both versions keep their environments') as string],
  })
  expect(environments()).toEqual({ '1': 4 })
})

describe('behind a release', () => {
  beforeEach(() => provisioned('1', 4))
  const firing = () => {
    made.alarms = {
      errors: [
        [0, 'OK'],
        [made.clock.now() - start + 80_000, 'ALARM'],
      ],
    }
  }

  test('that a gate rolled back, the candidate has none, and stable keeps its own', async () => {
    firing()
    expect(await failureOf(release())).toMatchObject({ code: 'ROLLED_BACK' })
    expect(environments()).toEqual({ '1': 4 })
    expect(story().slice(-2)).toEqual(['rolled-back', 'cooled 2'])
  })

  test('that was paused, both keep theirs', async () => {
    made.alarms = { errors: [[0, 'INSUFFICIENT_DATA']] }
    expect(await failureOf(release())).toMatchObject({ code: 'PAUSED' })
    expect(environments()).toEqual({ '1': 4, '2': 4 })
    expect(warnings()).toEqual([])
  })

  test('that its follower left, both keep theirs', async () => {
    expect(await release({ watch: false })).toMatchObject({ outcome: 'waiting' })
    expect(environments()).toEqual({ '1': 4, '2': 4 })
  })

  test('a version that another alias points to keeps them, and it is said', async () => {
    made.aliases.others.push({ name: 'beta', version: '1', description: '', revisionId: 'r' })
    await release()
    expect(environments()).toEqual({ '1': 4, '2': 4 })
    expect(warnings()).toEqual(['version 1 keeps its provisioned concurrency, since alias beta points to it'])
  })

  test('a version that another alias gives a share keeps them', async () => {
    const weight = { version: '1', percent: 5 }
    made.aliases.others.push({ name: 'beta', version: '7', weight, description: '', revisionId: 'r' })
    await release()
    expect(warnings()).toEqual(['version 1 keeps its provisioned concurrency, since alias beta gives it 5%'])
  })

  test('a failure to release them is a warning with the command, and the release is done', async () => {
    made.calls.faults.push(failing('concurrency.unprovision', 1, { error: awsError('AWS_UNAVAILABLE') }))
    expect(await release()).toMatchObject({ outcome: 'released' })
    expect(warnings()).toEqual([
      'version 1 keeps provisioned concurrency that nothing uses. AWS said AWS_UNAVAILABLE To release it: lambdactl concurrency provision checkout --env prod none --version 1',
    ])
  })

  test('one that can not be looked at is a warning, and a rollback stays one', async () => {
    firing()
    made.calls.faults.push(failing('aliases.list', 1, { error: new Error('boom') }))
    expect(await failureOf(release())).toMatchObject({ code: 'ROLLED_BACK' })
    expect(warnings()).toEqual([expect.stringContaining('concurrency show') as string])
  })
})

test('a version that somebody pays for without use is named, the candidate of this release is not', async () => {
  provisioned('1', 4)
  provisioned('2', 4)
  provisioned('7', 3)
  await release()
  expect(warnings()).toEqual([
    'version 7 has 3 provisioned environments, and live does not use it. If nothing else does: lambdactl concurrency provision checkout --env prod none --version 7',
  ])
})

test('what is configured and lacking is said where there is nothing to release', async () => {
  emptyWorld()
  await deployed(made, shop)
  provisioned('1', 2)
  expect(await release({}, { provisionedConcurrency: 5 })).toMatchObject({ outcome: 'unchanged' })
  expect(warnings()).toEqual([
    'version 1 has 2 provisioned environments, and lambdactl.yaml says 5; the next release sets them. To set them now: lambdactl concurrency provision checkout --env prod 5',
  ])
  expect(aliasOf(made)?.version).toBe('1')
  expect(recordOf(made)?.phase).toBe('done')
})
