import { expect, test } from 'vitest'
import { rollBack } from '../../src/workflows/roll-back.ts'
import { awsError } from './calls.ts'
import { at, back, publish, record, three } from './rolled-world.ts'
import { failureOf, start, target, type World } from './world.ts'

const foretell = (made: World, more: { to?: string; again?: boolean } = {}) =>
  rollBack(made.run, target, { ...more, dryRun: true })
const outcomes = async (made: World) =>
  (await foretell(made)).plan?.checks.map(({ title, outcome }) => [title, outcome])

test('a dry run tells the place, the reason and the way there, and changes nothing', async () => {
  const made = at('3', record('shifting', three), 10)
  expect(await foretell(made)).toMatchObject({
    outcome: 'planned',
    version: '3',
    from: { version: '3', weight: { version: '4', percent: 10 } },
    undo: 'lambdactl rollback checkout --env prod --to 3 --weight 4=10',
    next: ['To do it: lambdactl rollback checkout --env prod'],
    plan: {
      why: 'it is the last version that held 100% and exists',
      ends: { id: 'ours', strategy: 'canary', phase: 'shifting', since: start },
    },
  })
  expect(made.changes()).toEqual([])
  expect(made.journal).toEqual([])
  expect(await back(made)).toMatchObject({ version: '3', outcome: 'rolled-back' })
})

test('the people who are on the release are named by the journal', async () => {
  const made = at('3', record('paused', three), 10)
  const whose = { lambdaName: target.lambdaName, alias: target.alias, function: target.function }
  const entries = [
    { kind: 'plan', by: 'arn:aws:iam::123456789012:user/eve', plan: { candidate: '4', stable: '3' } },
    { kind: 'outcome', outcome: 'paused', verb: 'pause', by: 'arn:aws:iam::123456789012:user/ada' },
  ]
  for (const entry of entries)
    made.journal.push({ releaseId: 'ours', entry: { time: start, release: 'ours', ...whose, ...entry } })
  const { plan } = await foretell(made)
  expect(plan?.ends).toMatchObject({
    by: 'arn:aws:iam::123456789012:user/eve',
    lastAct: { did: 'paused', by: 'arn:aws:iam::123456789012:user/ada' },
  })
})

test('a deleted version is passed over as in the rollback, and the checks say so', async () => {
  const made = at('4', record('done', ['4', ...three]))
  made.functions.state.delete(`${target.lambdaName}:3`)
  made.aliases.missing.add('3')
  publish(made, '4', { memoryMb: 512 })
  publish(made, '2', { memoryMb: 128 })
  made.provisioned.give('4', 5)
  const found = await foretell(made)
  expect(found).toMatchObject({ version: '2', insteadOf: '3', changes: [{ field: 'memory' }] })
  expect(found.plan?.ends).toBeUndefined()
  expect(await outcomes(made)).toEqual([
    ['version', 'warn'],
    ['invocations', 'pass'],
    ['configuration', 'warn'],
    ['provisioned concurrency', 'warn'],
  ])
  expect(await back(made)).toMatchObject({ version: '2', insteadOf: '3' })
})

test('what could not be read is told, and no check passes by it', async () => {
  const made = at('4', record('done', ['4', ...three]))
  made.calls.faults.push(({ name }) =>
    name === 'concurrency.provisioned' ? { error: awsError('NOT_PERMITTED') } : undefined,
  )
  expect(await outcomes(made)).toContainEqual(['provisioned concurrency', 'warn'])
})

test('without a version to go to it fails as the rollback does', async () => {
  const made = at('4', record('done', ['4', '3']))
  made.functions.state.delete(`${target.lambdaName}:3`)
  expect(await failureOf(foretell(made))).toMatchObject({ code: 'NOT_FOUND' })
  expect(await failureOf(foretell(made, { to: '9' }))).toMatchObject({ code: 'NOT_FOUND' })
  const isBack = at('3', record('rolled-back', three))
  expect(await foretell(isBack)).toMatchObject({ outcome: 'unchanged' })
})
