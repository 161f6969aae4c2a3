import { describe, expect, test } from 'vitest'
import { serviceStatus } from '../../../src/workflows/incident/status.ts'
import { findPaused } from '../../../src/workflows/stopping/paused.ts'
import { pauseTriggers } from '../../../src/workflows/triggers/pause.ts'
import { resumeTriggers } from '../../../src/workflows/triggers/resume.ts'
import { awsError, before, failing } from '../calls.ts'
import { failureOf, target, type World, world } from '../world.ts'
import { byHand, statesOf, triggered, warningsOf } from './triggered.ts'

const pause = (made: World, reason = 'the table is full', dryRun = false) =>
  pauseTriggers(made.run, target, { reason, dryRun })
const resume = (made: World, dryRun = false) => resumeTriggers(made.run, target, { dryRun })
const ids = (mappings: readonly { uuid: string }[]) => mappings.map(({ uuid }) => uuid)
const two = () => triggered({ a: { state: 'Enabled' }, b: { state: 'Enabled' }, off: { state: 'Disabled' } })

describe('a pause', () => {
  test('is on record before it disables exactly what is enabled', async () => {
    const made = two()
    const result = await pause(made)
    expect(result).toMatchObject({
      outcome: 'paused',
      pause: { reason: 'the table is full', by: 'arn:aws:iam::123456789012:user/ada', isWhole: true },
      undo: ['lambdactl triggers resume checkout --env prod'],
    })
    expect(ids(result.paused)).toEqual(['a', 'b'])
    expect(statesOf(made)).toEqual({ a: 'Disabled', b: 'Disabled', off: 'Disabled' })
    const order = made.calls.made.map(({ name }) => name)
    expect(order.indexOf('journal.append')).toBeLessThan(order.indexOf('triggers.enable'))
  })

  test('made twice keeps the memory of the first, and changes nothing', async () => {
    const made = two()
    await pause(made)
    const changes = made.changes().length
    const again = await pause(made, 'another reason')
    expect(again).toMatchObject({ outcome: 'was-paused', pause: { reason: 'the table is full' }, paused: [] })
    expect(ids(again.pause?.mappings ?? [])).toEqual(['a', 'b'])
    expect(made.changes()).toHaveLength(changes)
  })

  test('made twice also takes what somebody enabled meanwhile, and the resumption knows all', async () => {
    const made = two()
    await pause(made)
    byHand(made, 'off', { state: 'Enabled' })
    expect(ids((await pause(made)).paused)).toEqual(['off'])
    await resume(made)
    expect(statesOf(made)).toEqual({ a: 'Enabled', b: 'Enabled', off: 'Enabled' })
  })

  test('that was cut off is finished by the next one, and nothing is forgotten', async () => {
    const made = two()
    made.calls.faults.push(failing('triggers.enable', 2, { error: awsError('NOT_PERMITTED', 'No.') }))
    expect(await failureOf(pause(made))).toMatchObject({
      code: 'UPDATE_FAILED',
      message: '1 of 2 event source mappings could not be paused: SQS queue b (b): No.',
      next: [
        expect.stringContaining('triggers pause') as string,
        expect.stringContaining('concurrency stop') as string,
        'To undo what was done: lambdactl triggers resume checkout --env prod',
      ],
    })
    expect(statesOf(made)).toMatchObject({ a: 'Disabled', b: 'Enabled' })
    const result = await pause(made, 'again')
    expect(ids(result.pause?.mappings ?? [])).toEqual(['a', 'b'])
    await resume(made)
    expect(statesOf(made)).toEqual({ a: 'Enabled', b: 'Enabled', off: 'Disabled' })
  })

  test('without any permission keeps the code of the refusal', async () => {
    const made = triggered({ a: { state: 'Enabled' } })
    made.calls.faults.push(failing('triggers.enable', 1, { error: awsError('NOT_PERMITTED', 'No.') }))
    expect(await failureOf(pause(made))).toMatchObject({ code: 'NOT_PERMITTED' })
  })

  test('disables the enabled ones first, and then waits for those that Lambda is changing', async () => {
    const made = triggered({
      a: { state: 'Enabled' },
      slow: { state: 'Creating' },
      other: { state: 'Updating' },
    })
    made.calls.faults.push(
      before('triggers.mapping', 1, () => {
        expect(statesOf(made)).toMatchObject({ a: 'Disabled' })
        byHand(made, 'slow', { state: 'Enabled' })
        byHand(made, 'other', { state: 'Disabled' })
      }),
    )
    const { paused } = await pause(made)
    expect(ids(paused)).toEqual(['a', 'slow'])
    expect(statesOf(made)).toEqual({ a: 'Disabled', slow: 'Disabled', other: 'Disabled' })
  })

  test('passes over a mapping that is deleted meanwhile', async () => {
    const made = two()
    made.calls.faults.push(before('triggers.enable', 1, () => made.callers.mappings.delete('b')))
    expect(ids((await pause(made)).paused)).toEqual(['a'])
  })

  test('goes on where it may not write the journal, and then names each command back', async () => {
    const made = triggered({ a: { state: 'Enabled' } })
    made.calls.faults.push(({ name }) =>
      name === 'journal.append' ? { error: awsError('NOT_PERMITTED') } : undefined,
    )
    expect((await pause(made)).undo).toEqual(['aws lambda update-event-source-mapping --uuid a --enabled'])
    expect(statesOf(made)).toEqual({ a: 'Disabled' })
    expect(warningsOf(made)).toMatchObject([expect.stringContaining('not on record')])
  })

  test("of another tool's function is made, with a warning about its owner", async () => {
    const made = triggered({ a: { state: 'Enabled' } })
    await pauseTriggers(
      made.run,
      { ...target, codeOnly: { provisions: false } },
      { reason: 'x', dryRun: false },
    )
    expect(statesOf(made)).toEqual({ a: 'Disabled' })
    expect(warningsOf(made)).toMatchObject([expect.stringContaining('may enable them again')])
  })

  test('of nothing, and as a dry run, changes nothing', async () => {
    const idle = triggered({ off: { state: 'Disabled' } })
    expect(await pause(idle)).toMatchObject({ outcome: 'none-enabled', undo: [] })
    const made = two()
    expect(await pause(made, 'x', true)).toMatchObject({ outcome: 'paused', dryRun: true })
    for (const each of [idle, made]) expect([each.changes(), each.journal]).toEqual([[], []])
  })

  test('of a function that is not there is NOT_FOUND', async () => {
    expect(await failureOf(pause(world()))).toMatchObject({ code: 'NOT_FOUND' })
  })
})

test('a pause is told by status and doctor until it is over, and not if somebody else disabled the mappings', async () => {
  const made = two()
  expect(await findPaused(made.run, target)).toEqual({})
  expect(made.calls.made.map(({ name }) => name)).not.toContain('triggers.enable')
  await pause(made)
  const [status] = await serviceStatus(made.run, [{ target, alarms: [] }])
  expect(status?.troubles).toMatchObject([
    {
      kind: 'paused',
      summary: expect.stringMatching(
        /^2 event source mappings are paused by user\/ada at .*: the table is full$/,
      ) as string,
      next: ['To resume: lambdactl triggers resume checkout --env prod'],
    },
  ])
  await resume(made)
  expect(await findPaused(made.run, target)).toEqual({})
})

test('a caller who may not read the journal is told that pauses are unknown', async () => {
  const made = two()
  made.calls.faults.push(failing('journal.read', 1, { error: awsError('NOT_PERMITTED', 'No.') }))
  expect(await findPaused(made.run, target)).toEqual({ pausedUnknown: 'No.' })
  expect(warningsOf(made)).toEqual([])
})

test('status of several functions reads all pauses at once, and the mappings of paused functions alone', async () => {
  const made = two()
  await pause(made)
  const others = ['other', 'third'].map((name) => ({ ...target, function: name, lambdaName: name }))
  made.calls.made.length = 0
  const statuses = await serviceStatus(
    made.run,
    [target, ...others].map((each) => ({ target: each, alarms: [] })),
  )
  expect(statuses.map(({ paused }) => paused?.pause.mappings.length)).toEqual([2, undefined, undefined])
  expect(statuses[0]?.troubles[0]?.kind).toBe('paused')
  const count = (name: string) => made.calls.made.filter((call) => call.name === name).length
  expect([count('journal.beginning'), count('journal.read'), count('triggers.mappings')]).toEqual([1, 0, 1])
})

describe('a resumption', () => {
  test('enables exactly the paused ones, and a second one has nothing to do', async () => {
    const made = two()
    await pause(made)
    expect(await resume(made)).toMatchObject({ outcome: 'resumed', disabled: 1, gone: [] })
    expect(statesOf(made)).toEqual({ a: 'Enabled', b: 'Enabled', off: 'Disabled' })
    expect(await resume(made)).toMatchObject({ outcome: 'none-paused', enable: [], disabled: 1 })
  })

  test('tells of mappings that were deleted or enabled meanwhile', async () => {
    const made = two()
    await pause(made)
    made.callers.mappings.delete('a')
    byHand(made, 'b', { state: 'Enabled' })
    const { gone, on, enable } = await resume(made)
    expect([gone, on, enable].map(ids)).toEqual([['a'], ['b'], []])
  })

  test('that fails for one is not over, and the next one does what is left', async () => {
    const made = two()
    await pause(made)
    made.calls.faults.push(failing('triggers.enable', 3, { error: awsError('AWS_UNAVAILABLE', 'Slow.') }))
    expect(await failureOf(resume(made))).toMatchObject({
      code: 'UPDATE_FAILED',
      next: ['Try again: lambdactl triggers resume checkout --env prod'],
    })
    const { on, enable } = await resume(made)
    expect([on, enable].map(ids)).toEqual([['b'], ['a']])
    expect(statesOf(made)).toMatchObject({ a: 'Enabled', b: 'Enabled' })
  })

  test('waits while Lambda is changing a mapping', async () => {
    const made = triggered({ a: { state: 'Enabled' } })
    await pause(made)
    byHand(made, 'a', { state: 'Updating' })
    made.calls.faults.push(before('triggers.enable', 3, () => byHand(made, 'a', { state: 'Disabled' })))
    await resume(made)
    expect(statesOf(made)).toEqual({ a: 'Enabled' })
  })

  test('as a dry run changes nothing', async () => {
    const made = two()
    await pause(made)
    const changes = made.changes().length
    expect(ids((await resume(made, true)).enable)).toEqual(['a', 'b'])
    expect(made.changes()).toHaveLength(changes)
  })
})

test('a message counts the paused mappings of versions too', async () => {
  const made = triggered({
    a: { state: 'Enabled', qualifier: 'live' },
    b: { state: 'Enabled', qualifier: '3' },
  })
  await pause(made)
  expect((await findPaused(made.run, target)).paused?.summary).toContain('2 event source mappings are paused')
})
