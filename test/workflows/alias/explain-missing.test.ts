import { expect, test } from 'vitest'
import type { LambdactlError } from '../../../src/errors/error.ts'
import { explainMissing } from '../../../src/workflows/alias/explain-missing.ts'
import { awsError } from '../calls.ts'
import { aliasOf, recordOf } from '../canary.ts'
import { at, back, record, three } from '../rolled-world.ts'
import { start, target, type World } from '../world.ts'

/** The error of a rollback to version 99. */
async function explained(made: World) {
  const alias = aliasOf(made)
  if (!alias) throw new Error('the world has an alias')
  return (await explainMissing(
    made.run,
    target,
    { wanted: ['99'], alias },
    awsError('NOT_FOUND'),
  )) as LambdactlError
}

/** Version 4 was released, and rolled back by a gate. */
function rolledBackByGate(made: World, release: string, candidate: string) {
  const entry = { time: start - 60_000, lambdaName: target.lambdaName, alias: target.alias }
  made.journal.push(
    { releaseId: release, entry: { ...entry, kind: 'plan', plan: { candidate } } },
    { releaseId: release, entry: { ...entry, kind: 'outcome', outcome: 'rolled-back' } },
  )
}

test('a version that does not exist is refused with those that do, and the last one that held 100%', async () => {
  const made = at('3', record('done', ['3', '1']))
  expect(await explained(made)).toMatchObject({
    message: expect.stringMatching(
      /^Version 99 does not exist .*; versions 1, 2, 3 and 4 exist\.$/,
    ) as string,
    next: [
      'Choose a version that exists: lambdactl rollback checkout --env prod --to 1',
      'Or release a version that works: lambdactl deploy checkout --env prod',
    ],
  })
})

test('one that was rolled back, as the journal has it, is said to be, and is not suggested', async () => {
  const made = at('3', undefined)
  rolledBackByGate(made, 'r2', '2')
  expect(await explained(made)).toMatchObject({
    message: expect.stringContaining('exist (rolled back before: 2).') as string,
    next: [expect.stringMatching(/^Choose a version that exists: .* --to 1$/) as string, expect.anything()],
  })
})

test("one that was rolled back, as the alias's record has it, is known without a journal", async () => {
  const made = at('3', record('rolled-back', three))
  made.calls.faults.push(({ name }) => (name === 'journal.since' ? { error: new Error('no') } : undefined))
  expect((await explained(made)).message).toContain('(rolled back before: 4)')
})

test('where nothing else is left, it is suggested as what it is', async () => {
  const made = at('1', undefined)
  for (const version of ['2', '3']) made.functions.state.delete(`${target.lambdaName}:${version}`)
  rolledBackByGate(made, 'r4', '4')
  expect(await explained(made)).toMatchObject({
    next: [
      'Every other version was rolled back before; to choose version 4 anyway: lambdactl rollback checkout --env prod --to 4',
      expect.anything(),
    ],
  })
})

test('without another version, a release in progress is to be ended where it is', async () => {
  const made = at('4', record('baking', three))
  for (const version of three) made.functions.state.delete(`${target.lambdaName}:${version}`)
  expect((await explained(made)).next).toEqual([
    'End the release, and keep version 4: lambdactl rollback checkout --env prod --to 4',
    'Then release a version that works: lambdactl deploy checkout --env prod',
  ])
  expect(await back(made, '4')).toMatchObject({ outcome: 'rolled-back', version: '4' })
  expect(recordOf(made)).toMatchObject({ phase: 'done', candidate: '4' })
  expect((await explained(made)).next).toEqual([
    'To serve another version, release a version that works: lambdactl deploy checkout --env prod',
  ])
})
