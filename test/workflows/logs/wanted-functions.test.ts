import { expect, test } from 'vitest'
import { knownFunctions } from '../../../src/workflows/logs/wanted-functions.ts'
import { readyFunction } from '../fake-functions.ts'
import { target, world } from '../world.ts'

const minute = 60_000

test('a function that gets another log group is read in both, in the old one for 15 minutes more', async () => {
  const { functions, clock, run } = world()
  const { lambdaName } = target
  const writesTo = (logGroup: string) =>
    void functions.state.set(lambdaName, { ...readyFunction(lambdaName), logGroup })
  const source = { name: 'checkout', lambdaName }
  const known = knownFunctions(run, { sources: [source], deploy: '' }, () => undefined)
  writesTo('/old')
  expect(await known.groups()).toEqual(['/old'])
  writesTo('/new')
  expect(await known.groups()).toEqual(['/old', '/new'])
  await clock.sleep(15 * minute)
  expect(await known.groups()).toEqual(['/old', '/new'])
  await clock.sleep(1)
  expect(await known.groups()).toEqual(['/new'])
  const event = { id: '1', timestamp: 0, ingested: 0, message: '', stream: `2026/11/21/${lambdaName}[4]ab` }
  for (const group of ['/old', '/new']) expect(known.writerOf({ ...event, group })).toEqual(source)
})
