import { expect, test } from 'vitest'
import { wayBackChecks } from '../../../src/workflows/preflight/prove-way-back.ts'
import { aliasOf } from '../canary.ts'
import { at, record, three } from '../rolled-world.ts'
import { target } from '../world.ts'

test.each([
  [[], [], 1],
  [['2'], [], 1],
  [['3'], ['from version 4, version 3 no longer exists; a rollback goes to version 2'], 2],
  [['3', '2'], ['from version 4, versions 3, 2 no longer exist; a rollback goes to version 1'], 3],
  [['3', '2', '1'], ['from version 4, a rollback is not possible: versions 3, 2, 1 no longer exist'], 3],
])('preflight warns where the way back was deleted: of %j', async (gone, details, calls) => {
  const made = at('4', record('done', ['4', ...three]))
  for (const version of gone) made.functions.state.delete(`${target.lambdaName}:${version}`)
  const alias = aliasOf(made)
  if (!alias) throw new Error('There is an alias.')
  const checks = await wayBackChecks(made.run, target, alias)
  expect(checks).toEqual(details.map((detail) => ({ title: 'way back', outcome: 'warn', detail })))
  expect(made.calls.made).toHaveLength(calls)
})
