import { describe, expect, test } from 'vitest'
import { awsError, before, failing } from './calls.ts'
import { aliasOf, recordOf } from './canary.ts'
import { at, back, publish, record, three } from './rolled-world.ts'
import { failureOf, target, world } from './world.ts'

test.each([
  ['a step', at('3', record('shifting', three), 10), '3', three],
  ['a bake', at('4', record('baking', three)), '3', three],
  ['a pause', at('3', record('paused', three), 10), '3', three],
  ['a release that is done', at('4', record('done', ['4', ...three])), '3', three],
  ['weights without a record', at('3', undefined, 10), '3', ['3']],
  ['what somebody moved since a rollback', at('4', record('rolled-back', three)), '3', three],
])('out of %s: one read and one update to what last held everything', async (_, made, version, held) => {
  const result = await back(made)
  expect(result).toMatchObject({ outcome: 'rolled-back', version })
  expect(aliasOf(made)).toMatchObject({ version })
  expect(aliasOf(made)).not.toHaveProperty('weight')
  expect(recordOf(made)).toMatchObject({ strategy: 'rollback', phase: 'rolled-back', held })
  // Without a record the journal is read first.
  const calls = made.calls.made.map(({ name }) => name).filter((name) => name !== 'journal.since')
  expect(calls.slice(0, 4)).toEqual(['aliases.get', 'aliases.update', 'identity.caller', 'journal.append'])
  expect(calls.slice(4)).toEqual(['functions.get', 'functions.get', 'concurrency.provisioned'])
})

test('the result names where it was and what takes it back', async () => {
  const made = at('3', record('shifting', three), 10)
  expect(await back(made)).toEqual({
    function: 'checkout',
    alias: 'live',
    outcome: 'rolled-back',
    release: expect.stringMatching(/^[0-9a-z]{8}$/) as string,
    version: '3',
    from: { version: '3', weight: { version: '4', percent: 10 } },
    because: undefined,
    undo: 'lambdactl rollback checkout --env prod --to 3 --weight 4=10',
    next: [],
    changes: [],
  })
})

test('the reason is on record, told and in the journal, with the release that it ended', async () => {
  const made = at('4', record('baking', three))
  await back(made, undefined, 'guests can not pay')
  expect(recordOf(made)?.reason).toBe('guests can not pay')
  expect(made.events).toEqual([
    { function: 'checkout', event: 'rolled-back', alias: 'live', version: '3', reason: 'guests can not pay' },
  ])
  expect(made.journal[0]?.entry).toMatchObject({ outcome: 'rolled-back', ended: 'ours', version: '3' })
})

describe('the configuration of the version that is served now', () => {
  const change = { field: 'memory', from: 512, to: 128 }

  test.each([
    ['out of a step', at('3', record('shifting', three), 10), undefined, '4'],
    ['out of a bake', at('4', record('baking', three)), undefined, '4'],
    ['out of a step to another version', at('3', record('shifting', three), 10), '2', '3'],
    ['to the version that had the weight', at('3', record('shifting', three), 10), '4', '3'],
  ])('is compared with that of the version that was left: %s', async (_, made, to, left) => {
    publish(made, left, { memoryMb: 512 })
    expect(await back(made, to)).toMatchObject({ changes: [change] })
  })

  test('is not read where traffic stays on its version', async () => {
    const made = at('4', record('baking', three))
    expect(await back(made, '4')).toMatchObject({ outcome: 'rolled-back', changes: [] })
    expect(await back(made, '4')).toMatchObject({ outcome: 'unchanged', changes: [] })
    expect(made.calls.made.map(({ name }) => name)).not.toContain('functions.get')
  })

  test('that can not be read is warned of, and the rollback stands', async () => {
    const made = at('4', record('baking', three))
    made.calls.faults.push(failing('functions.get', 2, { error: awsError('NOT_PERMITTED', 'Not allowed.') }))
    expect(await back(made)).toMatchObject({ outcome: 'rolled-back', version: '3', changes: undefined })
    expect(aliasOf(made)?.version).toBe('3')
    expect(made.events.at(-1)).toMatchObject({
      event: 'warning',
      text: 'The alias was moved, but lambdactl could not compare the configurations of versions 4 and 3. Not allowed.',
    })
  })

  test('of a version that is gone is warned of', async () => {
    const made = at('4', record('baking', three))
    made.functions.state.delete(`${target.lambdaName}:4`)
    expect(await back(made)).toMatchObject({ outcome: 'rolled-back', changes: undefined })
    expect(made.events.at(-1)).toMatchObject({
      text: expect.stringMatching(/\. Version 4 was not found\.$/) as string,
    })
  })
})

describe('--to', () => {
  test('goes to that version, wherever the alias is', async () => {
    const made = at('4', record('done', ['4', ...three]))
    expect(await back(made, '1')).toMatchObject({
      outcome: 'rolled-back',
      version: '1',
      undo: 'lambdactl rollback checkout --env prod --to 4',
    })
    expect(recordOf(made)?.held).toEqual(['1'])
  })

  test('needs no record', async () => {
    const made = at('4')
    await back(made, '2')
    expect(aliasOf(made)?.version).toBe('2')
  })

  test('to where it is already changes nothing', async () => {
    const made = at('4', record('done', ['4', '3']))
    expect(await back(made, '4')).toMatchObject({ outcome: 'unchanged', version: '4', undo: undefined })
    expect(made.changes()).toEqual([])
  })

  test('to where it is clears a weight that is there', async () => {
    const made = at('3', undefined, 10)
    expect(await back(made, '3')).toMatchObject({
      outcome: 'rolled-back',
      version: '3',
      undo: 'lambdactl rollback checkout --env prod --to 3 --weight 4=10',
    })
    expect(aliasOf(made)).not.toHaveProperty('weight')
  })

  test('to where it is ends a release that is in progress', async () => {
    const made = at('4', record('baking', three))
    expect(await back(made, '4')).toMatchObject({ outcome: 'rolled-back', version: '4' })
    expect(recordOf(made)).toMatchObject({ phase: 'done', held: ['4', '3', '2', '1'] })
  })
})

test('an alias that moves between the read and the update is left alone', async () => {
  const made = at('4', record('done', ['4', '3']))
  made.calls.faults.push(
    before('aliases.update', 1, () => made.aliases.byHand(target.lambdaName, { version: '9' })),
  )
  expect(await failureOf(back(made))).toMatchObject({ code: 'CONFLICT' })
  expect(aliasOf(made)?.version).toBe('9')
})

test('an answer that is lost, and then retried, counts as done', async () => {
  const made = at('4', record('done', ['4', '3']))
  made.calls.faults.push(failing('aliases.update', 1, { error: awsError('CONFLICT'), takesEffect: true }))
  expect(await back(made)).toMatchObject({ outcome: 'rolled-back', version: '3' })
})

test('a journal that can not be written does not fail it', async () => {
  const made = at('4', record('done', ['4', '3']))
  made.calls.faults.push(failing('journal.append', 1, { error: awsError('NOT_PERMITTED') }))
  expect(await back(made)).toMatchObject({ outcome: 'rolled-back' })
  expect(made.events.at(-1)).toMatchObject({
    event: 'warning',
    text: expect.stringContaining('journal') as string,
  })
})

test.each([
  [
    'the alias is missing',
    world(),
    'shop-checkout-prod has no alias live, so there is nothing to roll back.',
  ],
  [
    'nothing tells the way back',
    at('4'),
    'Alias live is on version 4, and no release record names a version that held 100% before it.',
  ],
])('when %s, nothing is changed', async (_, made, message) => {
  expect(await failureOf(back(made))).toMatchObject({ code: 'NOT_FOUND', message })
  expect(made.changes()).toEqual([])
})
