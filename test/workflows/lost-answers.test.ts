import { expect, test } from 'vitest'
import { formatRecord, inProgress } from '../../src/release/values/record.ts'
import { resume } from '../../src/workflows/resume.ts'
import { rollBack } from '../../src/workflows/roll-back.ts'
import { awsError, before, failing } from './calls.ts'
import { aliasOf, canaryWorld, carry, recordOf, story, watching } from './canary.ts'
import { failureOf, start, target, type World } from './world.ts'

const first = '3 10% on 4 shifting @0'
const lost = { error: awsError('UNREACHABLE'), takesEffect: true }
const boom = { error: new Error('boom') }
const atOnce = { steps: [], bakeMs: 0 }
const leaving = { ...watching, watch: false }

test('a switch at once that is given up goes back to stable, not to the candidate', async () => {
  const made = canaryWorld()
  made.calls.faults.push(({ name, time }) =>
    name.startsWith('aliases.') && time < start + 5000 ? { error: awsError('UNREACHABLE') } : undefined,
  )
  expect(await failureOf(carry(made, atOnce))).toMatchObject({ code: 'UNREACHABLE' })
  expect(story(made)).toEqual(['3 rolled-back @5'])
  expect(recordOf(made)?.held).toEqual(['3', '2'])
})

test('a release that turns out to be done is not taken back', async () => {
  const made = canaryWorld()
  made.calls.faults.push(failing('aliases.update', 1, lost), failing('aliases.get', 1, boom))
  expect(await failureOf(carry(made, atOnce))).toMatchObject({ code: 'CONFLICT' })
  expect(story(made)).toEqual(['4 done @0'])
})

test('a first shift without an answer is taken back, also when reading the alias is refused', async () => {
  const made = canaryWorld()
  made.calls.faults.push(
    failing('aliases.update', 1, lost),
    failing('aliases.get', 1, { error: awsError('NOT_AUTHENTICATED') }),
  )
  expect(await failureOf(carry(made))).toMatchObject({ code: 'UNREACHABLE' })
  expect(story(made)).toEqual([first, '3 rolled-back @0'])
})

test('an alias that nobody can read after a conflict does not leave the candidate alone', async () => {
  const made = canaryWorld()
  made.calls.faults.push(failing('aliases.update', 2, { error: awsError('CONFLICT', 'busy') }))
  made.calls.faults.push(({ name }) =>
    name === 'aliases.get' && made.calls.made.at(-2)?.name === 'aliases.update' ? boom : undefined,
  )
  expect(await failureOf(carry(made))).toMatchObject({ code: 'UNREACHABLE' })
  expect(aliasOf(made)).toMatchObject({ version: '3' })
  expect(inProgress(recordOf(made))).toBe(false)
})

test('after an error that nobody foresaw the release goes back, though its shift was made', async () => {
  const made = canaryWorld()
  made.calls.faults.push(failing('aliases.update', 2, { ...boom, takesEffect: true }))
  expect(await failureOf(carry(made))).toMatchObject({ code: 'BUG' })
  expect(story(made)).toEqual([first, '3 50% on 4 shifting @60', '3 rolled-back @60'])
})

test.each([
  ['its version', { version: '9' }],
  ['its weight', { weight: { version: '4', percent: 33 } }],
])('what was moved by hand stays so, though the first look at it fails: %s', async (_, change) => {
  const made = await detached()
  made.aliases.byHand(target.lambdaName, change)
  made.calls.faults.push(({ name }) => (name === 'alarms.describe' ? boom : undefined))
  expect(await failureOf(resume(made.run, target, watching))).toMatchObject({ code: 'CONFLICT' })
  expect(story(made)).toEqual([first])
})

test('a weight set by hand after a shift without an answer is left, though the record is of that shift', async () => {
  const made = canaryWorld()
  made.calls.faults.push(
    failing('aliases.update', 2, { ...boom, takesEffect: true }),
    before('aliases.update', 3, () =>
      made.aliases.byHand(target.lambdaName, { weight: { version: '4', percent: 33 } }),
    ),
  )
  expect(await failureOf(carry(made))).toMatchObject({ code: 'CONFLICT' })
  expect(story(made)).toEqual([first, '3 50% on 4 shifting @60'])
  expect(aliasOf(made)).toMatchObject({ weight: { version: '4', percent: 33 } })
})

test('another release that took the alias is not rolled back, whatever fails', async () => {
  const made = canaryWorld()
  const held = ['3']
  const theirs = { id: 'theirs', strategy: 'canary', phase: 'shifting', step: 1, steps: 1 } as const
  const description = formatRecord({ ...theirs, candidate: '5', held, since: start })
  made.calls.faults.push(
    before('aliases.update', 2, () =>
      made.aliases.byHand(target.lambdaName, { description, weight: { version: '5', percent: 20 } }),
    ),
    ({ name }) => (name === 'alarms.describe' && made.calls.made.some(isSecondUpdate) ? boom : undefined),
  )
  expect(await failureOf(carry(made))).toMatchObject({ code: 'CONFLICT' })
  expect(story(made)).toEqual([first])
  expect(aliasOf(made)).toMatchObject({ weight: { version: '5', percent: 20 } })
})

test('a rollback leaves what was moved by hand meanwhile, be it to where the release might have been', async () => {
  const made = canaryWorld()
  made.alarms = { errors: [[0, 'ALARM']] }
  made.calls.faults.push(
    before('aliases.update', 2, () =>
      made.aliases.byHand(target.lambdaName, { weight: { version: '4', percent: 33 } }),
    ),
  )
  expect(await failureOf(carry(made))).toMatchObject({ code: 'CONFLICT' })
  expect(story(made)).toEqual([first])
})

test('a rollback that another process made is not made again', async () => {
  const made = await detached()
  made.alarms = { errors: [[0, 'ALARM']] }
  const both = [failureOf(resume(made.run, target, watching)), failureOf(resume(made.run, target, watching))]
  expect(await Promise.all(both)).toMatchObject([{ code: 'ROLLED_BACK' }, { code: 'ROLLED_BACK' }])
  expect(story(made)).toEqual([first, '3 rolled-back @0'])
})

test('a laptop that slept through the patience of a rollback tries it again', async () => {
  const made = canaryWorld()
  made.alarms = { errors: [[0, 'ALARM']] }
  made.calls.faults.push(({ name, nth }) => {
    if (name !== 'aliases.update' || nth !== 2) return undefined
    void made.clock.sleep(3_600_000)
    return { error: awsError('UNREACHABLE') }
  })
  expect(await failureOf(carry(made))).toMatchObject({ code: 'ROLLED_BACK' })
  expect(aliasOf(made)).not.toHaveProperty('weight')
})

test('a rollback by hand that was made does not fail on who made it', async () => {
  const made = await detached()
  made.calls.faults.push(({ name }) => (name === 'identity.caller' ? boom : undefined))
  expect(await rollBack(made.run, target, { to: undefined, reason: undefined })).toMatchObject({
    outcome: 'rolled-back',
    version: '3',
  })
})

test('after a conflict no gate is looked at in passing: the next look decides', async () => {
  const made = await detached()
  await made.clock.sleep(60_000)
  made.calls.faults.push(failing('aliases.update', 2, { error: awsError('CONFLICT', 'busy') }))
  expect(await resume(made.run, target, leaving)).toMatchObject({ outcome: 'waiting' })
  const looks = made.calls.made.filter(({ name }) => name === 'alarms.describe')
  expect(looks).toHaveLength(2)
})

/** A canary whose first shift was made by a process that then left. */
async function detached(): Promise<World> {
  const made = canaryWorld()
  await carry(made, {}, { watch: false })
  return made
}

function isSecondUpdate({ name, nth }: { name: string; nth: number }): boolean {
  return name === 'aliases.update' && nth === 2
}
