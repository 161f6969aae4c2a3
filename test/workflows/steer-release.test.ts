import { describe, expect, test } from 'vitest'
import { histories } from '../../src/workflows/history/history.ts'
import { resume } from '../../src/workflows/resume.ts'
import { type SteeringVerb, steerRelease } from '../../src/workflows/steer-release.ts'
import { aliasOf, canaryWorld, carry, recordOf, watching } from './canary.ts'
import { failureOf, start, target, type World } from './world.ts'

async function inFirstStep(): Promise<World> {
  const made = canaryWorld()
  await carry(made, {}, { watch: false })
  return made
}

const steer = (made: World, verb: SteeringVerb, reason?: string) =>
  steerRelease(made.run, target, { verb, reason })

test('pause holds the weight, with who and why on record; approve lets the step begin again', async () => {
  const made = await inFirstStep()
  expect(await steer(made, 'pause', 'lunch')).toMatchObject({ changed: true, verb: 'pause' })
  expect(recordOf(made)).toMatchObject({ phase: 'paused', reason: 'lunch', step: 1 })
  expect(aliasOf(made)).toMatchObject({ weight: { version: '4', percent: 10 } })

  await made.clock.sleep(500_000)
  await steer(made, 'approve')
  expect(recordOf(made)).toMatchObject({ phase: 'shifting', since: start + 500_000 })
  expect(recordOf(made)).not.toHaveProperty('reason')
  expect(made.journal.at(-1)?.entry).toMatchObject({ verb: 'approve', phase: 'shifting', step: 1 })
  expect(await resume(made.run, target, watching)).toMatchObject({ outcome: 'released' })
})

test('without a reason the record has who it was', async () => {
  const made = await inFirstStep()
  await steer(made, 'pause')
  expect(recordOf(made)?.reason).toBe('pause by arn:aws:iam::123456789012:user/ada')
})

test('a paused release stays where it is when it is resumed, unless an alarm fires', async () => {
  const made = await inFirstStep()
  await steer(made, 'pause', 'lunch')
  await made.clock.sleep(500_000)
  expect(await failureOf(resume(made.run, target, watching))).toMatchObject({
    code: 'PAUSED',
    message: 'The release of live of shop-checkout-prod is paused: lunch.',
    next: [
      'See its state: lambdactl status checkout --env prod',
      'Start its step, or its bake, again: lambdactl canary approve checkout --env prod',
      'Or start it again, and carry it on from here: lambdactl canary resume checkout --env prod --approve',
      'Give it all traffic now, without its remaining steps: lambdactl canary promote checkout --env prod',
      'End it: lambdactl canary abort checkout --env prod',
    ],
  })
  expect(recordOf(made)?.phase).toBe('paused')
  made.alarms = { errors: [[0, 'ALARM']] }
  expect(await failureOf(resume(made.run, target, watching))).toMatchObject({ code: 'ROLLED_BACK' })
})

test('whoever follows the release sees that it was paused, and leaves it so', async () => {
  const made = canaryWorld()
  made.clock.at(start + 30_000, () => void steer(made, 'pause', 'lunch'))
  expect(await failureOf(carry(made))).toMatchObject({ code: 'PAUSED' })
  expect(recordOf(made)).toMatchObject({ phase: 'paused', reason: 'lunch' })
})

test('whoever follows a release that somebody aborts ends as rolled back, with who it was', async () => {
  const made = canaryWorld()
  made.clock.at(start + 30_000, () => void steer(made, 'abort'))
  expect(await failureOf(carry(made))).toMatchObject({
    code: 'ROLLED_BACK',
    message: expect.stringContaining('abort by arn:aws:iam::123456789012:user/ada') as string,
  })
})

test('abort puts everything back with one update', async () => {
  const made = await inFirstStep()
  await steer(made, 'abort', 'wrong commit')
  expect(aliasOf(made)).toMatchObject({ version: '3' })
  expect(aliasOf(made)).not.toHaveProperty('weight')
  expect(recordOf(made)).toMatchObject({ phase: 'rolled-back', reason: 'wrong commit', held: ['3', '2'] })
})

test('abort is tried again while AWS does not answer', async () => {
  const made = await inFirstStep()
  made.calls.faults.push(({ name, time }) =>
    name === 'aliases.update' && time < start + 20_000 ? { error: new Error('ECONNRESET') } : undefined,
  )
  expect(await steer(made, 'abort')).toMatchObject({ changed: true })
  expect(recordOf(made)?.phase).toBe('rolled-back')
})

test('promote gives the candidate everything now, and its bake follows', async () => {
  const made = await inFirstStep()
  await steer(made, 'promote')
  expect(aliasOf(made)).toMatchObject({ version: '4' })
  expect(recordOf(made)).toMatchObject({ phase: 'baking', held: ['3', '2'] })
  made.alarms = { errors: [[0, 'ALARM']] }
  expect(await failureOf(resume(made.run, target, watching))).toMatchObject({ code: 'ROLLED_BACK' })
  expect(aliasOf(made)).toMatchObject({ version: '3' })
})

test('without a bake, promote is the end, and the journal says so', async () => {
  const made = canaryWorld()
  await carry(made, { bakeMs: 0 }, { watch: false })
  expect(await steer(made, 'promote')).toMatchObject({ changed: true, phase: 'done' })
  expect(recordOf(made)).toMatchObject({ phase: 'done', held: ['4', '3', '2'] })
  const [[release] = []] = await histories(made.run, [target], start)
  expect(release).toMatchObject({ id: 'ours', outcome: 'done', from: '3', candidate: '4' })
})

test('the history names who decided, and whom they say to act for', async () => {
  const made = await inFirstStep()
  made.run = { ...made.run, actor: { name: 'octocat', url: 'https://ci.test/7' } }
  await steer(made, 'pause', 'lunch')
  await steer(made, 'approve')
  await steer(made, 'step')
  await steer(made, 'promote')
  await steer(made, 'abort')
  const [[release] = []] = await histories(made.run, [target], 10 * start)
  if (release?.kind !== 'release') throw new Error('no release')
  expect(release.acts.map(({ did }) => did)).toEqual([
    'paused',
    'approved',
    'promoted one step',
    'promoted',
    'aborted',
  ])
  expect(release.acts[0]).toMatchObject({
    by: 'arn:aws:iam::123456789012:user/ada',
    actor: { name: 'octocat', url: 'https://ci.test/7' },
    reason: 'lunch',
  })
  expect(recordOf(made)?.reason).toBe('abort by arn:aws:iam::123456789012:user/ada (says octocat)')
})

describe('doing it twice changes nothing the second time', () => {
  test.each(['pause', 'abort', 'promote'] as const)('%s', async (verb) => {
    const made = await inFirstStep()
    await steer(made, verb)
    const updates = made.aliases.updates.length
    expect(await steer(made, verb)).toMatchObject({ changed: false, verb })
    expect(made.aliases.updates).toHaveLength(updates)
  })

  test('approve', async () => {
    const made = await inFirstStep()
    expect(await steer(made, 'approve')).toMatchObject({ changed: false })
  })
})

test.each(['approve', 'pause', 'abort'] as const)(
  'there is nothing to %s once a release is done',
  async (verb) => {
    const made = canaryWorld()
    await carry(made)
    expect(await failureOf(steer(made, verb))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(
        new RegExp(
          `^There is nothing to ${verb}, since no release is in progress: canary ours put version 4 at 100%`,
        ),
      ) as string,
    })
    expect(aliasOf(made)).toMatchObject({ version: '4' })
  },
)

test('an alias that somebody moves at the same moment is left to them', async () => {
  const made = await inFirstStep()
  made.calls.faults.push(({ name }) => {
    if (name === 'aliases.update') made.aliases.byHand(target.lambdaName, { version: '9', description: '' })
    return undefined
  })
  expect(await failureOf(steer(made, 'pause'))).toMatchObject({ code: 'CONFLICT' })
  expect(aliasOf(made)).toMatchObject({ version: '9' })
})

test('a decision that lost to another one says how the release stands', async () => {
  const made = await inFirstStep()
  let isFirst = true
  made.calls.faults.push(({ name }) => {
    if (name !== 'aliases.update' || !isFirst) return undefined
    isFirst = false
    made.aliases.byHand(target.lambdaName, {
      description:
        aliasOf(made)?.description.replace(
          /shifting.*/,
          'paused 1/2 | candidate 4 | held 3 | since 1970-01-01T00:00:00.000Z | lunch',
        ) ?? '',
      revisionId: 'theirs',
    })
    return undefined
  })
  expect(await failureOf(steer(made, 'promote'))).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(
      /^Nothing was changed, since somebody else changed it first: canary .* is paused at step 1 of 2/,
    ) as string,
    next: [
      'See its state: lambdactl status checkout --env prod',
      'If you still want it, run the command again.',
    ],
  })
})

test.each(['approve', 'pause', 'promote'] as const)(
  'an alias that was moved by hand is no release to %s',
  async (verb) => {
    const made = await inFirstStep()
    if (verb === 'approve') await steer(made, 'pause')
    made.aliases.byHand(target.lambdaName, { version: '9' })
    expect(await failureOf(steer(made, verb))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('something else moved it') as string,
    })
    expect(aliasOf(made)).toMatchObject({ version: '9' })
  },
)

test.each(['approve', 'pause', 'promote'] as const)('nor one to %s a second time', async (verb) => {
  const made = await inFirstStep()
  await steer(made, verb)
  made.aliases.byHand(target.lambdaName, { version: '9' })
  expect(await failureOf(steer(made, verb))).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining('something else moved it') as string,
  })
})

test.each(['pause', 'promote', 'abort'] as const)(
  'two that %s at once do it once, and the second one says so',
  async (verb) => {
    const made = await inFirstStep()
    // Two reasons, or the second would take the first one's change for its own whose answer was lost.
    const both = await Promise.all([steer(made, verb, 'one'), steer(made, verb, 'two')])
    const [changed, ...others] = both.toSorted((a, b) => Number(b.changed) - Number(a.changed))
    expect(changed?.changed).toBe(true)
    expect(others.every((other) => other.phase === changed?.phase)).toBe(true)
    expect(made.aliases.updates).toHaveLength(2)
  },
)
