import { expect, test } from 'vitest'
import { functionStatus } from '../../src/workflows/incident/status.ts'
import { releaseStatus } from '../../src/workflows/release-status.ts'
import { resume } from '../../src/workflows/resume.ts'
import { steerRelease } from '../../src/workflows/steer-release.ts'
import { awaitRelease } from '../../src/workflows/watch/await-release.ts'
import { watchRelease } from '../../src/workflows/watch/watch-release.ts'
import { awsError, failing } from './calls.ts'
import { aliasOf, recordOf } from './canary.ts'
import { readyFunction } from './fake-functions.ts'
import { at, back } from './rolled-world.ts'
import { failureOf, start, target, type World } from './world.ts'

/** An alias on version 3 without a record; by the journal, release a put it on version 2, and it was on 1 before. */
function wiped(version = '3'): World {
  const made = at(version)
  made.functions.state.set(target.lambdaName, readyFunction(target.lambdaName))
  journal(made, 'a', { kind: 'plan', plan: { strategy: 'canary', candidate: '2', stable: '1', held: ['1'] } })
  journal(made, 'a', { kind: 'done', version: '2' })
  return made
}

function journal(made: World, releaseId: string, entry: object): void {
  const { lambdaName, alias, function: name } = target
  made.journal.push({ releaseId, entry: { time: start, lambdaName, alias, function: name, ...entry } })
}

test('rollback puts the last proven version back, with its way back', async () => {
  const made = wiped()
  expect(await back(made)).toMatchObject({ outcome: 'rolled-back', version: '2', from: { version: '3' } })
  expect(recordOf(made)).toMatchObject({ phase: 'rolled-back', candidate: '3', held: ['2', '1'] })
  expect(made.calls.made.map(({ name }) => name).slice(0, 3)).toEqual([
    'aliases.get',
    'journal.since',
    'aliases.update',
  ])
})

test('rollback goes on to the proven version that another tool left for an older one', async () => {
  const made = wiped('1')
  expect(await back(made)).toMatchObject({ outcome: 'rolled-back', version: '2' })
  expect(recordOf(made)).toMatchObject({ phase: 'done', held: ['2', '1'] })
})

test('rollback of an alias that only lost its Description goes to the version before', async () => {
  expect(await back(wiped('2'))).toMatchObject({ outcome: 'rolled-back', version: '1' })
})

test('rollback skips a proven version that was deleted', async () => {
  const made = wiped()
  made.aliases.missing.add('2')
  expect(await back(made)).toMatchObject({ outcome: 'rolled-back', version: '1', insteadOf: '2' })
})

test('rollback moves nothing if the journal says that a rollback put it there', async () => {
  const made = wiped('1')
  journal(made, 'a', { kind: 'outcome', outcome: 'rolled-back', version: '1', reason: 'errors' })
  expect(await back(made)).toMatchObject({ outcome: 'unchanged' })
  expect(aliasOf(made)?.version).toBe('1')
})

test('rollback says that the journal could not be read', async () => {
  const made = wiped()
  made.calls.faults.push(failing('journal.since', 1, { error: awsError('NOT_PERMITTED', 'Not allowed.') }))
  expect((await failureOf(back(made))).message).toBe(
    'Alias live is on version 3, and no release record names a version that held 100% before it. The journal could not be read: Not allowed.',
  )
})

test('rollback below a weight goes to the proven version, as the journal of a release in progress tells', async () => {
  const made = at('3', undefined, 10)
  made.functions.state.set(target.lambdaName, readyFunction(target.lambdaName))
  journal(made, 'a', { kind: 'plan', plan: { strategy: 'canary', candidate: '4', stable: '2', held: ['2'] } })
  journal(made, 'a', { kind: 'shifted', version: '2', verb: 'approve' })
  expect((await functionStatus(made.run, target, [])).standing).toMatchObject({
    phase: 'moved',
    next: ['To put version 2 back: lambdactl rollback checkout --env prod --to 2'],
  })
  expect(await back(made)).toMatchObject({ outcome: 'rolled-back', version: '2' })
})

test('status tells a weight that Lambda set, as it does for any alias', async () => {
  const made = wiped()
  made.aliases.byHand(target.lambdaName, { weight: { version: '2', percent: 100 } })
  expect((await functionStatus(made.run, target, [])).standing?.summary).toContain('Lambda sets this weight')
})

test('status warns that the journal could not be read', async () => {
  const made = wiped()
  made.calls.faults.push(failing('journal.since', 1, { error: awsError('NOT_PERMITTED', 'Not allowed.') }))
  await functionStatus(made.run, target, [])
  expect(made.events).toContainEqual({
    function: target.function,
    event: 'warning',
    text: 'the journal could not be read, so an earlier release of live may be unknown: Not allowed.',
  })
})

test('status tells where the alias is, and the version that lambdactl proved last', async () => {
  const made = wiped()
  expect(await functionStatus(made.run, target, [])).toMatchObject({
    record: undefined,
    lostRecord: { id: 'a', held: ['2', '1'] },
    wayBack: { to: '2' },
    standing: {
      phase: 'moved',
      summary:
        'live is on version 3, and something other than lambdactl replaced its Description. By the journal, release a (canary, done) left it on version 2. Version 2 was the last that a release of lambdactl gave 100%.',
      next: ['To put version 2 back: lambdactl rollback checkout --env prod --to 2'],
    },
  })
})

test('status tells a release in progress whose record is lost', async () => {
  const made = wiped()
  journal(made, 'b', { kind: 'plan', plan: { strategy: 'canary', candidate: '4', stable: '2' } })
  journal(made, 'b', { kind: 'shifted', phase: 'shifting' })
  const { standing } = await functionStatus(made.run, target, [])
  expect(standing?.phase).toBe('moved')
  expect(standing?.summary).toContain(
    'release b (canary of version 4) was shifting, and no process can carry it on',
  )
})

/** A canary of version 2 was at its first step when another tool replaced the Description, and the alias with it. */
function wipedCanary(version = '3'): World {
  const made = at(version)
  const tags = { ManagedBy: 'terraform' }
  made.functions.state.set(target.lambdaName, { ...readyFunction(target.lambdaName), tags })
  journal(made, 'a', { kind: 'plan', plan: { strategy: 'canary', candidate: '2', stable: '1', held: ['1'] } })
  journal(made, 'a', { kind: 'shifted', phase: 'shifting' })
  return made
}

test('a command about a release whose record is gone says who has the alias, and how to go on', async () => {
  const made = wipedCanary()
  for (const act of [
    () => resume(made.run, target, { watch: true }),
    ...(['approve', 'pause', 'promote', 'abort'] as const).map(
      (verb) => () => steerRelease(made.run, target, { verb }),
    ),
  ]) {
    const failure = await failureOf(act())
    expect(failure).toMatchObject({ code: 'CONFLICT' })
    expect(failure.message).toBe(
      'The release no longer controls the alias: live is on version 3, and something other than lambdactl replaced its Description. By the journal, release a (canary of version 2) was shifting, and no process can carry it on. Version 1 was the last that a release of lambdactl gave 100%. By its tags, shop-checkout-prod is made by Terraform.',
    )
    expect(failure).toHaveProperty('next', [
      'See its state: lambdactl status checkout --env prod',
      'To put version 1 back: lambdactl rollback checkout --env prod --to 1',
      'Begin another release: lambdactl canary checkout --env prod',
    ])
  }
  expect(made.changes()).toEqual([])
  expect(await releaseStatus(made.run, target)).toMatchObject({
    isLost: true,
    outcome: 'moved',
    record: { id: 'a', phase: 'shifting' },
    standing: { phase: 'moved' },
  })
})

test('a scheduled job tells once that a release lost its alias, and is idle from then on', async () => {
  const made = wipedCanary()
  const tick = () => resume(made.run, target, { watch: false, mayBeIdle: true })
  expect(await failureOf(tick())).toMatchObject({ code: 'CONFLICT' })
  expect(await tick()).toEqual({
    function: 'checkout',
    outcome: 'idle',
    version: '3',
    previous: undefined,
    last: expect.stringContaining('By the journal, release a (canary of version 2) was shifting') as string,
  })
  expect(await resume(at('1').run, target, { watch: false, mayBeIdle: true })).toMatchObject({
    outcome: 'idle',
    last: 'shop-checkout-prod has no release of lambdactl at live yet.',
  })
})

test('a release that ended where the alias is still counts without its record', async () => {
  const made = wiped('2')
  expect(await resume(made.run, target, { watch: true })).toMatchObject({ outcome: 'idle', version: '2' })
  expect(await releaseStatus(made.run, target)).toMatchObject({ isLost: true, outcome: 'done' })
  expect(await awaitRelease(made.run, target, 1000)).toMatchObject({ outcome: 'done', version: '2' })
  expect(await watchRelease(made.run, target)).toBe('done')
})
