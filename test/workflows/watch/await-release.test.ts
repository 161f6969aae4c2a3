import { expect, test } from 'vitest'
import type { AliasState } from '../../../src/release/values/observed.ts'
import { formatRecord, type Phase, type ReleaseRecord } from '../../../src/release/values/record.ts'
import { awaitRelease } from '../../../src/workflows/watch/await-release.ts'
import { awsError, failing } from '../calls.ts'
import { canaryWorld, carry } from '../canary.ts'
import { failureOf, start, target, type World } from '../world.ts'

const hourMs = 3_600_000
const shares = { version: '3', weight: { version: '4', percent: 10 } }

/** A canary whose first shift was made by a process that then left. */
async function detached(): Promise<World> {
  const made = canaryWorld()
  await carry(made, {}, { watch: false })
  made.events.length = 0
  made.calls.made.length = 0
  return made
}

/** After so many seconds the alias is so. */
function after(
  made: World,
  seconds: number,
  place: Partial<AliasState>,
  phase: Phase,
  changed: Partial<ReleaseRecord> = {},
): void {
  const since = start + seconds * 1000
  const record = { id: 'ours', strategy: 'canary', phase, step: 2, steps: 2, candidate: '4' } as const
  const description = formatRecord({ ...record, held: ['3', '2'], since, ...changed })
  made.clock.at(since, () =>
    made.aliases.byHand(target.lambdaName, { weight: undefined, ...place, description } as AliasState),
  )
}

const wait = (made: World, timeoutMs = hourMs) => awaitRelease(made.run, target, timeoutMs)
const told = (made: World) => made.events.map((event) => ('phase' in event ? event.phase : event.event))
const warnings = (made: World) => made.events.flatMap((event) => ('text' in event ? [event.text] : []))

test('tells each phase and step, only reads, and ends when the release is done', async () => {
  const made = await detached()
  after(made, 60, { version: '3', weight: { version: '4', percent: 50 } }, 'shifting')
  after(made, 120, { version: '4' }, 'baking')
  after(made, 240, { version: '4' }, 'done', { held: ['4', '3', '2'] })
  const done = { function: 'checkout', release: 'ours', outcome: 'done', version: '4' }
  expect(await wait(made)).toEqual(done)
  expect(told(made)).toEqual(['shifting', 'shifting', 'baking', 'done'])
  expect(new Set(made.calls.made.map(({ name }) => name))).toEqual(new Set(['aliases.get']))
  expect(made.calls.made.length).toBeLessThan(35)
})

test.each([
  ['it is rolled back', { version: '3' }, 'rolled-back', { reason: 'errors' }, 'ROLLED_BACK'],
  [
    'a person rolls it back',
    { version: '3' },
    'rolled-back',
    { id: 'b', strategy: 'rollback' },
    'ROLLED_BACK',
  ],
  ['it is paused', shares, 'paused', { step: 1, reason: 'lunch' }, 'PAUSED'],
  ['it awaits approval', shares, 'awaiting-approval', { step: 1, reason: 'ok' }, 'PAUSED'],
  ['somebody moves the alias', { version: '9' }, 'shifting', {}, 'CONFLICT'],
  ['another release has it', { version: '3' }, 'done', { id: 'b', candidate: '3' }, 'CONFLICT'],
] as const)('ends when %s', async (_, place, phase, changed, code) => {
  const made = await detached()
  after(made, 60, place, phase, changed)
  expect(await failureOf(wait(made))).toMatchObject({ code })
})

test('ends as done when the next release goes back to it', async () => {
  const made = await detached()
  after(made, 60, { version: '4' }, 'baking', { id: 'next', candidate: '5', held: ['4', '3'] })
  expect(await wait(made)).toMatchObject({ release: 'ours', outcome: 'done', version: '4' })
})

test('a time that is over exits like a pause, and says how the release stands', async () => {
  const made = await detached()
  expect(await failureOf(wait(made, 33_000))).toMatchObject({
    code: 'PAUSED',
    message: expect.stringMatching(
      /^lambdactl waited 33 s, and canary ours of version 4 is shifting at step 1/,
    ) as string,
    next: [
      'Wait longer: lambdactl canary wait checkout --env prod',
      expect.stringContaining('canary resume') as string,
      'Or put version 3 back: lambdactl rollback checkout --env prod',
    ],
  })
  expect(made.clock.now()).toBe(start + 33_000)
})

test('an interrupt ends it, with the release as it was', async () => {
  const made = await detached()
  made.clock.at(start + 30_000, made.interrupt)
  expect(await failureOf(wait(made))).toMatchObject({
    code: 'INTERRUPTED',
    message: 'Interrupted: only the wait ended, and the release did not change.',
  })
})

test('an AWS that does not answer is asked again, and told once', async () => {
  const made = await detached()
  for (const nth of [3, 4]) {
    made.calls.faults.push(failing('aliases.get', nth, { error: awsError('UNREACHABLE', 'No answer.') }))
  }
  after(made, 60, { version: '4' }, 'done', { held: ['4', '3', '2'] })
  expect(await wait(made)).toMatchObject({ outcome: 'done' })
  expect(warnings(made)).toEqual(['AWS did not answer, lambdactl asks again: No answer.'])
})

test.each([
  ['reach', 'UNREACHABLE'],
  ['find', 'NOT_FOUND'],
] as const)('what it can not %s at first ends it', async (_, code) => {
  const made = await detached()
  made.calls.faults.push(failing('aliases.get', 1, { error: awsError(code) }))
  expect(await failureOf(wait(made))).toMatchObject({ code })
})

test('an alias that is deleted ends it', async () => {
  const made = await detached()
  made.clock.at(start + 30_000, () => made.aliases.state.clear())
  expect(await failureOf(wait(made))).toMatchObject({ code: 'CONFLICT' })
})

test('that nobody carries a release on is told once, when its step is longer over than a late job may be', async () => {
  const made = await detached()
  await failureOf(wait(made, 11 * 60_000))
  expect(warnings(made)).toEqual([])
  await failureOf(wait(made))
  expect(warnings(made)).toEqual([
    'release ours has not moved for 12 min, longer than its plan says: no process seems to carry it on. To carry it on: lambdactl canary resume checkout --env prod',
  ])
  expect(made.calls.made.filter(({ name }) => name === 'journal.read')).toHaveLength(2)
})

test('that nobody can carry it on, for want of a plan, is told', async () => {
  const made = await detached()
  made.journal.length = 0
  await failureOf(wait(made))
  expect(warnings(made)).toEqual([expect.stringMatching(/^The plan of release ours is not in the journal/)])
})
