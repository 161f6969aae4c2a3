import { describe, expect, test } from 'vitest'
import { formatRecord } from '../../src/release/values/record.ts'
import { awsError, before, failing } from './calls.ts'
import { aliasOf, canaryWorld, carry, recordOf, story } from './canary.ts'
import { failureOf, start, target } from './world.ts'

const first = '3 10% on 4 shifting @0'
const theirs = formatRecord({
  id: 'theirs',
  strategy: 'canary',
  phase: 'shifting',
  step: 1,
  steps: 1,
  candidate: '5',
  held: ['3'],
  since: start,
})

describe("somebody else's change is left alone", () => {
  test.each([
    [
      'another release begins',
      { description: theirs, weight: { version: '5', percent: 20 } },
      'alias live now belongs to release theirs (canary, shifting)',
    ],
    [
      'it is moved, with a new Description',
      { version: '9', description: '' },
      'alias live was moved to version 9, with 10% on version 4, by something other than lambdactl',
    ],
    [
      'it is moved, and its Description stays',
      { version: '9' },
      'alias live was moved to version 9, with 10% on version 4, by something other than lambdactl',
    ],
    [
      'its weight is changed, and its Description stays',
      { weight: { version: '4', percent: 1 } },
      'alias live was moved to version 3, with 1% on version 4, by something other than lambdactl',
    ],
  ])('in the midst of a step: %s', async (_, change, reason) => {
    const made = canaryWorld()
    made.clock.at(start + 30_000, () => made.aliases.byHand(target.lambdaName, change))
    expect(await failureOf(carry(made))).toMatchObject({
      code: 'CONFLICT',
      message: `The release stopped, and did not change the alias: ${reason}.`,
    })
    expect(story(made)).toEqual([first])
    expect(made.changes()).toEqual(['aliases.update'])
    expect(aliasOf(made)).toMatchObject(change)
    expect(made.journal.at(-1)?.entry).toMatchObject({ kind: 'outcome', outcome: 'left', reason })
  })

  test('though an alarm fires, or the user interrupts', async () => {
    const made = canaryWorld()
    made.clock.at(start + 30_000, () => {
      made.alarms = { errors: [[0, 'ALARM']] }
      made.aliases.byHand(target.lambdaName, { version: '9' })
      made.interrupt()
    })
    expect(await failureOf(carry(made))).toMatchObject({ code: 'CONFLICT' })
    expect(story(made)).toEqual([first])
  })

  test('when the alias was deleted', async () => {
    const made = canaryWorld()
    made.clock.at(start + 30_000, () => made.aliases.state.clear())
    expect(await failureOf(carry(made))).toMatchObject({
      code: 'CONFLICT',
      message: 'The alias live of shop-checkout-prod was deleted meanwhile.',
    })
    expect(made.changes()).toEqual(['aliases.update'])
    expect(made.journal.at(-1)?.entry).toMatchObject({ kind: 'outcome', outcome: 'left' })
  })

  test('just before the first shift', async () => {
    const made = canaryWorld()
    made.calls.faults.push(
      before('aliases.update', 1, () => made.aliases.byHand(target.lambdaName, { version: '9' })),
    )
    expect(await failureOf(carry(made))).toMatchObject({ code: 'CONFLICT' })
    expect(story(made)).toEqual([])
    expect(aliasOf(made)?.version).toBe('9')
  })

  test.each([
    ['a later shift', 2, 'OK'],
    ['the rollback', 2, 'ALARM'],
    ['the pause', 2, 'INSUFFICIENT_DATA'],
  ] as const)('just before %s', async (_, nth, condition) => {
    const made = canaryWorld()
    made.alarms = { errors: [[0, condition]] }
    made.calls.faults.push(
      before('aliases.update', nth, () => made.aliases.byHand(target.lambdaName, { version: '9' })),
    )
    expect(await failureOf(carry(made))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('was moved to version 9') as string,
    })
    expect(story(made)).toEqual([first])
    expect(aliasOf(made)?.version).toBe('9')
  })
})

test('a change that changes nothing is no reason to stop', async () => {
  const made = canaryWorld()
  made.clock.at(start + 30_000, () => made.aliases.byHand(target.lambdaName, {}))
  await carry(made)
  expect(story(made)).toHaveLength(4)
})

test("a conflict on an alias that is still the release's is looked at again, and the release goes on", async () => {
  const made = canaryWorld()
  made.calls.faults.push(failing('aliases.update', 2, { error: awsError('CONFLICT', 'busy') }))
  await carry(made)
  expect(story(made)).toHaveLength(4)
  expect(recordOf(made)?.phase).toBe('done')
})

describe('an answer that is lost', () => {
  /** The answer to the SDK's own retry when its first attempt took effect. */
  const retried = { error: awsError('CONFLICT', 'The Revision Id does not match'), takesEffect: true }
  const lost = { error: awsError('UNREACHABLE'), takesEffect: true }

  test.each([1, 2, 3, 4])('of update %i, and then retried, changes nothing', async (nth) => {
    const made = canaryWorld()
    made.calls.faults.push(failing('aliases.update', nth, retried))
    await carry(made)
    expect(story(made)).toEqual([first, '3 50% on 4 shifting @60', '4 baking @120', '4 done @240'])
  })

  test.each([retried, lost])("of the rollback's update leaves it done once", async (fault) => {
    const made = canaryWorld()
    made.alarms = { errors: [[0, 'ALARM']] }
    made.calls.faults.push(failing('aliases.update', 2, fault))
    expect(await failureOf(carry(made))).toMatchObject({ code: 'ROLLED_BACK' })
    expect(story(made)).toEqual([first, '3 rolled-back @0'])
  })

  test.each([1, 2, 3, 4])(
    'of update %i for good is found on the alias, and the release goes on',
    async (nth) => {
      const made = canaryWorld()
      made.calls.faults.push(failing('aliases.update', nth, lost))
      await carry(made)
      expect(story(made)).toHaveLength(4)
      expect(recordOf(made)?.phase).toBe('done')
      expect(aliasOf(made)).toMatchObject({ version: '4' })
    },
  )

  test('of the last update does not hide that somebody moved the alias after it', async () => {
    const made = canaryWorld()
    made.calls.faults.push(failing('aliases.update', 4, retried), ({ name }) => {
      const done = made.aliases.updates.length === 4
      if (name === 'aliases.get' && done) made.aliases.byHand(target.lambdaName, { version: '9' })
      return undefined
    })
    expect(await failureOf(carry(made))).toMatchObject({ code: 'CONFLICT' })
    expect(aliasOf(made)?.version).toBe('9')
  })

  test('of the first shift, in a time without answers, is taken back when they come again', async () => {
    const made = canaryWorld()
    made.calls.faults.push(failing('aliases.update', 1, lost), ({ name, nth, time }) =>
      (name !== 'aliases.update' || nth > 1) && time < start + 20_000
        ? { error: awsError('UNREACHABLE') }
        : undefined,
    )
    expect(await failureOf(carry(made))).toMatchObject({ code: 'UNREACHABLE' })
    expect(story(made)).toEqual([first, '3 rolled-back @20'])
  })
})

test.each(['NOT_PERMITTED', 'AWS_REFUSED', 'NOT_AUTHENTICATED'] as const)(
  'a first shift that is refused is the whole story: %s',
  async (code) => {
    const made = canaryWorld()
    made.calls.faults.push(failing('aliases.update', 1, { error: awsError(code) }))
    expect(await failureOf(carry(made))).toMatchObject({ code })
    expect(made.changes()).toEqual(['aliases.update'])
    expect(recordOf(made)).toBeUndefined()
  },
)
