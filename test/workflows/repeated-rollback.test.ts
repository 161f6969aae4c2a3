import { describe, expect, test } from 'vitest'
import { formatRecord } from '../../src/release/values/record.ts'
import { rollBack } from '../../src/workflows/roll-back.ts'
import { awsError, before, failing } from './calls.ts'
import { aliasOf, recordOf } from './canary.ts'
import { at, back, record, three } from './rolled-world.ts'
import { failureOf, start, target, type World } from './world.ts'

const again = (made: World) => rollBack(made.run, target, { again: true })

describe('a rollback after a rollback', () => {
  test.each([
    ['a gate or an abort', at('3', record('rolled-back', three))],
    ['a person', at('3', { ...record('rolled-back', three), strategy: 'rollback' })],
  ])('by %s moves nothing, and says how to go further back', async (_, made) => {
    expect(await back(made)).toMatchObject({
      outcome: 'unchanged',
      version: '3',
      because: expect.stringMatching(/^live is already back on 3: .*version 4/) as string,
      undo: undefined,
      next: [
        'To go further back, to version 2: lambdactl rollback checkout --env prod --again',
        'To go to a version of your choice: lambdactl rollback checkout --env prod --to N',
      ],
    })
    expect(made.changes()).toEqual([])
  })

  test('goes further back where it is asked to, as often as there is a version', async () => {
    const made = at('4', record('done', ['4', ...three]))
    expect(await back(made)).toMatchObject({ version: '3' })
    expect(await back(made)).toMatchObject({ outcome: 'unchanged', version: '3' })
    expect(await again(made)).toMatchObject({ outcome: 'rolled-back', version: '2' })
    expect(await back(made)).toMatchObject({ outcome: 'unchanged', version: '2' })
    expect(await again(made)).toMatchObject({ version: '1' })
    expect(await failureOf(again(made))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await back(made)).toMatchObject({ outcome: 'unchanged', next: [expect.stringMatching(/--to N$/)] })
  })

  test('moves again once its undo, or a release, has put a version on top', async () => {
    const made = at('4', record('done', ['4', ...three]))
    await back(made)
    expect(await back(made, '4')).toMatchObject({ version: '4' })
    expect(recordOf(made)).toMatchObject({ phase: 'done', candidate: '4', held: ['4', '3', '2', '1'] })
    expect(await back(made)).toMatchObject({ outcome: 'rolled-back', version: '3' })
  })

  test('at the same time ends where the other one did', async () => {
    const made = at('4', record('done', ['4', ...three]))
    const both = await Promise.all([back(made), back(made)])
    expect(both.map(({ outcome, version }) => `${outcome} ${version}`).toSorted()).toEqual([
      'rolled-back 3',
      'unchanged 3',
    ])
    expect(made.aliases.updates).toHaveLength(1)
  })

  test('at the same time goes one version further back, not two', async () => {
    const made = at('4', record('done', ['4', ...three]))
    const both = await Promise.all([again(made), again(made)])
    expect(both.map(({ version }) => version)).toEqual(['3', '3'])
  })

  test('that a gate made at the same time has nothing to do', async () => {
    const made = at('4', record('baking', three))
    const description = formatRecord({ ...record('rolled-back', three), reason: 'alarm errors is in ALARM' })
    made.calls.faults.push(
      before('aliases.update', 1, () =>
        made.aliases.byHand(target.lambdaName, { version: '3', description }),
      ),
    )
    expect(await back(made)).toMatchObject({
      outcome: 'unchanged',
      because: expect.stringContaining('alarm errors is in ALARM') as string,
    })
    expect(aliasOf(made)?.version).toBe('3')
  })
})

test.each([
  ['its next step', { weight: { version: '4', percent: 50 } }, record('shifting', three)],
  ['its end', { version: '4', weight: undefined }, record('done', ['4', ...three])],
])('a release that makes %s at the same time is rolled back all the same', async (_, moved, found) => {
  const made = at('3', record('shifting', three), 10)
  const description = formatRecord({ ...found, since: start + 1 })
  const change = { ...moved, description } as Parameters<typeof made.aliases.byHand>[1]
  made.calls.faults.push(before('aliases.update', 1, () => made.aliases.byHand(target.lambdaName, change)))
  expect(await back(made)).toMatchObject({ outcome: 'rolled-back', version: '3' })
  expect(aliasOf(made)).not.toHaveProperty('weight')
})

describe('a version that was deleted', () => {
  const missing = (made: World, version: string) => {
    made.functions.state.delete(`${target.lambdaName}:${version}`)
    made.aliases.missing.add(version)
  }

  test('is passed over for the last one that held 100% before it, with a warning', async () => {
    const made = at('4', record('done', ['4', ...three]))
    for (const version of ['3', '2']) missing(made, version)
    expect(await back(made)).toMatchObject({ outcome: 'rolled-back', version: '1' })
    expect(recordOf(made)).toMatchObject({ phase: 'rolled-back', candidate: '4', held: ['1'] })
    expect(made.events).toContainEqual({
      function: 'checkout',
      event: 'warning',
      text: 'Versions 3 and 2 were deleted: live went back to version 1, the last one that held 100% and still exists',
    })
    expect(made.journal[0]?.entry).toMatchObject({ version: '1' })
  })

  test('that is asked for is refused, with those that exist', async () => {
    const made = at('4', record('done', ['4', ...three]))
    missing(made, '2')
    expect(await failureOf(back(made, '2'))).toMatchObject({
      code: 'NOT_FOUND',
      message:
        'Version 2 does not exist in shop-checkout-prod, so live was not moved; versions 1, 3 and 4 exist.',
      next: [
        'Choose a version that exists: lambdactl rollback checkout --env prod --to 3',
        'Or release a version that works: lambdactl deploy checkout --env prod',
      ],
    })
    expect(made.aliases.updates).toEqual([])
  })

  test('without one before it is a refusal', async () => {
    const made = at('4', record('done', ['4', ...three]))
    for (const version of three) missing(made, version)
    expect(await failureOf(back(made))).toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringMatching(/^Versions 3, 2 and 1 do not exist .*; version 4 exists\.$/) as string,
    })
  })

  test('is told as Lambda says it where versions may not be listed', async () => {
    const made = at('4', record('done', ['4', '3']))
    missing(made, '3')
    made.calls.faults.push(failing('functions.versions', 1, { error: awsError('NOT_PERMITTED', 'Not you.') }))
    expect(await failureOf(back(made))).toMatchObject({
      code: 'NOT_FOUND',
      message: 'Function not found: 3. The existing versions could not be listed: Not you.',
    })
  })
})

describe('an undo', () => {
  test('puts a weight back, which nothing watches and only a person moves on', async () => {
    const made = at('3', record('shifting', three), 10)
    await back(made)
    const weight = { version: '4', percent: 10 }
    const options = { to: '3', weight, reason: 'it was not the canary' }
    expect(await rollBack(made.run, target, options)).toMatchObject({
      outcome: 'rolled-back',
      version: '3',
      weight,
      undo: 'lambdactl rollback checkout --env prod --to 3',
    })
    expect(aliasOf(made)).toMatchObject({ version: '3', weight })
    expect(recordOf(made)).toMatchObject({ phase: 'paused', candidate: '4', held: three })
    expect(await rollBack(made.run, target, options)).toMatchObject({ outcome: 'unchanged' })
    expect(await back(made)).toMatchObject({ outcome: 'rolled-back', version: '3' })
  })

  test('puts $LATEST back, quoted for a shell, and a rollback takes it away again', async () => {
    const made = at('$LATEST')
    const { undo } = await back(made, '3')
    expect(undo).toBe("lambdactl rollback checkout --env prod --to '$LATEST'")
    await back(made, '$LATEST')
    expect(recordOf(made)).toMatchObject({ phase: 'done', candidate: '$LATEST', held: ['$LATEST', '3'] })
    expect(await back(made)).toMatchObject({ version: '3', undo })
    expect(recordOf(made)).toMatchObject({ phase: 'rolled-back', candidate: '$LATEST', held: ['3'] })
  })
})
