import { describe, expect, test } from 'vitest'
import type { ReleaseEvent } from '../../src/release/history/event.ts'
import { resume } from '../../src/workflows/resume.ts'
import { steerRelease } from '../../src/workflows/steer-release.ts'
import { aliasOf, canaryWorld, carry, plan, recordOf, story, watching } from './canary.ts'
import { failureOf, start, target, type World } from './world.ts'

const leaving = { watch: false }

/** A canary whose first shift was made by a process that then left. */
async function detached(): Promise<World> {
  const made = canaryWorld()
  await carry(made, {}, { watch: false })
  return made
}

describe('a release that its process leaves', () => {
  test('makes its first shift, and says when the next is due', async () => {
    const made = canaryWorld()
    expect(await carry(made, {}, { watch: false })).toMatchObject({ next: start + 60_000 })
    expect(story(made)).toEqual(['3 10% on 4 shifting @0'])
    expect(made.clock.now()).toBe(start)
  })

  test('is carried to its end by ticks, each of which does what is due and leaves', async () => {
    const made = await detached()
    const due: (number | undefined)[] = []
    for (let tick = 1; tick <= 8; tick += 1) {
      await made.clock.sleep(40_000)
      due.push((await resume(made.run, target, leaving)).next)
    }
    expect(story(made).map((line) => line.replace(/@.*/, ''))).toEqual([
      '3 10% on 4 shifting ',
      '3 50% on 4 shifting ',
      '4 baking ',
      '4 done ',
    ])
    expect(due.at(-1)).toBeUndefined()
    expect(recordOf(made)?.phase).toBe('done')
  })

  test('is carried to its end by one that stays', async () => {
    const made = await detached()
    expect(await resume(made.run, target, watching)).toMatchObject({
      outcome: 'released',
      version: '4',
      previous: '3',
    })
    expect(story(made)).toHaveLength(4)
  })

  test('is rolled back by the first tick that sees an alarm fire, however late it comes', async () => {
    const made = await detached()
    made.alarms = { errors: [[0, 'ALARM']] }
    await made.clock.sleep(500_000)
    expect(await failureOf(resume(made.run, target, leaving))).toMatchObject({ code: 'ROLLED_BACK' })
    expect(story(made)).toEqual(['3 10% on 4 shifting @0', '3 rolled-back @500'])
  })
})

test('two processes that carry one release are harmless: each change is made once', async () => {
  const made = await detached()
  const both = await Promise.all([resume(made.run, target, watching), resume(made.run, target, watching)])
  expect(both.map(({ outcome }) => outcome)).toEqual(['released', 'released'])
  expect(story(made)).toHaveLength(4)
})

test('when one of them rolls back, the other says so', async () => {
  const made = await detached()
  made.clock.at(start + 30_000, () => {
    made.alarms = { errors: [[0, 'ALARM']] }
  })
  const both = await Promise.all([
    failureOf(resume(made.run, target, watching)),
    failureOf(resume(made.run, target, watching)),
  ])
  expect(both.map((error) => (error as { code?: string }).code)).toEqual(['ROLLED_BACK', 'ROLLED_BACK'])
  expect(aliasOf(made)).toMatchObject({ version: '3' })
  expect(aliasOf(made)).not.toHaveProperty('weight')
})

test('a release that has ended needs nothing, as often as it is resumed', async () => {
  const made = canaryWorld()
  await carry(made)
  const changes = made.changes().length
  const resumed = [await resume(made.run, target, watching), await resume(made.run, target, watching)]
  expect(resumed.map(({ outcome, version }) => [outcome, version])).toEqual([
    ['idle', '4'],
    ['idle', '4'],
  ])
  expect(made.changes()).toHaveLength(changes)
})

test('without an alias, or without a release on it, it says how to begin one', async () => {
  const made = canaryWorld()
  expect(await failureOf(resume(made.run, target, watching))).toMatchObject({
    code: 'NOT_FOUND',
    message: 'shop-checkout-prod has no release on record at alias live.',
    next: ['Begin one: lambdactl canary checkout --env prod'],
  })
  made.aliases.state.clear()
  expect(await failureOf(resume(made.run, target, watching))).toMatchObject({
    message: 'shop-checkout-prod has no alias live.',
  })
})

test.each([
  ['there is none', undefined],
  ['it is of another release', { ...plan, id: 'other' }],
  ['it is broken', { ...plan, steps: [{ percent: 500, holdMs: 1 }] }],
])('a plan that the journal does not have moves nothing: %s', async (_, kept) => {
  const made = await detached()
  for (const { entry } of made.journal) if (entry['kind'] === 'plan') entry['plan'] = kept
  expect(await failureOf(resume(made.run, target, watching))).toMatchObject({
    code: 'NOT_FOUND',
    next: ['End it, then release again: lambdactl rollback checkout --env prod'],
  })
  expect(story(made)).toHaveLength(1)
})

test('an interrupt may pause instead of rolling back', async () => {
  const made = canaryWorld()
  made.clock.at(start + 30_000, () => made.interrupt('pause'))
  expect(await failureOf(carry(made))).toMatchObject({
    code: 'INTERRUPTED',
    message: 'The release of live of shop-checkout-prod is paused: interrupted by the user.',
  })
  expect(aliasOf(made)).toMatchObject({ version: '3', weight: { version: '4', percent: 10 } })
  expect(recordOf(made)).toMatchObject({ phase: 'paused', reason: 'interrupted by the user' })
})

test('each of two processes tells where the traffic is, whichever of them moved it', async () => {
  const made = await detached()
  const events: ReleaseEvent[][] = [[], []]
  const runs = events.map((told) => ({ ...made.run, emit: (event: ReleaseEvent) => void told.push(event) }))
  const later = made.clock.sleep(700)
  await Promise.all(
    runs.map(async (run, index) => {
      if (index > 0) await later
      return resume(run, target, watching)
    }),
  )
  for (const told of events) {
    const shares = told.flatMap((event) =>
      event.event === 'shifted' || event.event === 'standing'
        ? [`${event.event} ${event.weight?.percent ?? 100}`]
        : [],
    )
    expect(shares).toEqual(['standing 10', 'shifted 50', 'shifted 100'])
  }
})

test('a paused release that is looked at again is told as it stands, and not as a shift', async () => {
  const made = await detached()
  await steerRelease(made.run, target, { verb: 'pause', reason: 'lunch' })
  made.events.length = 0
  expect(await failureOf(resume(made.run, target, watching))).toMatchObject({ code: 'PAUSED' })
  expect(made.events).toContainEqual(
    expect.objectContaining({ event: 'standing', phase: 'paused', step: 1, version: '3' }),
  )
  expect(made.events.filter(({ event }) => event === 'shifted')).toEqual([])
})

test('a release that somebody promoted is told so where it is followed', async () => {
  const made = await detached()
  made.clock.at(start + 30_000, () => void steerRelease(made.run, target, { verb: 'promote' }))
  await resume(made.run, target, watching)
  expect(made.events).toContainEqual(expect.objectContaining({ event: 'shifted', version: '4', step: 2 }))
})

test('an alias that was moved by hand is not told as a shift of the release', async () => {
  const made = await detached()
  made.events.length = 0
  made.aliases.byHand(target.lambdaName, { version: '2' })
  expect(await failureOf(resume(made.run, target, watching))).toMatchObject({ code: 'CONFLICT' })
  expect(made.events.filter(({ event }) => event === 'shifted')).toEqual([])
})

test('a release that is carried on tells the shifts that are left, and when they are due', async () => {
  const made = await detached()
  await made.clock.sleep(20_000)
  made.events.length = 0
  await resume(made.run, target, leaving)
  expect(made.events[0]).toMatchObject({
    event: 'planned',
    resumed: true,
    shifts: [
      { afterMs: 40_000, percent: 50 },
      { afterMs: 100_000, percent: 100 },
    ],
  })
})

describe('a scheduled job', () => {
  const tick = (made: World) => resume(made.run, target, { watch: false, mayBeIdle: true })

  test('tells once that its release was rolled back', async () => {
    const made = await detached()
    made.alarms = { errors: [[0, 'ALARM']] }
    expect(await failureOf(tick(made))).toMatchObject({ code: 'ROLLED_BACK' })
    expect(await tick(made)).toMatchObject({
      outcome: 'idle',
      version: '3',
      last: expect.stringMatching(/^The release was rolled back: canary ours of version 4/) as string,
    })
  })

  test('tells once that something else moved the alias, and carries it on if that puts it back', async () => {
    const made = await detached()
    const { weight } = aliasOf(made) ?? {}
    made.aliases.byHand(target.lambdaName, { version: '2', weight: undefined } as object)
    expect(await failureOf(tick(made))).toMatchObject({ code: 'CONFLICT' })
    expect(await tick(made)).toMatchObject({
      outcome: 'idle',
      last: expect.stringContaining('something else moved it') as string,
    })
    made.aliases.byHand(target.lambdaName, { version: '3', weight } as object)
    expect(await tick(made)).toMatchObject({ outcome: 'waiting' })
  })
})
