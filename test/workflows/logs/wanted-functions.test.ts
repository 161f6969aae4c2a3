import { expect, test } from 'vitest'
import { knownFunctions } from '../../../src/workflows/logs/wanted-functions.ts'
import { awsError, failing } from '../calls.ts'
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

test('no answer about a function is not another log group: it is read on after a sleep', async () => {
  const { functions, clock, run, calls } = world()
  const names = ['one', 'two']
  for (const name of names) functions.state.set(name, { ...readyFunction(name), logGroup: `/${name}` })
  const sources = names.map((name) => ({ name, lambdaName: name }))
  const known = knownFunctions(run, { sources, deploy: '' }, () => undefined)
  await known.groups()
  await clock.sleep(60 * minute)
  calls.faults.push(failing('functions.get', 3, { error: awsError('UNREACHABLE') }))
  expect(await known.groups()).toEqual(['/one', '/two'])
})
