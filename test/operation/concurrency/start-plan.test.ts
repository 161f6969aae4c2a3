import { expect, test } from 'vitest'
import { planStart } from '../../../src/operation/concurrency/start-plan.ts'

const five = { qualifier: '3', amount: 5 }
const was = { reserved: 50, provisioned: [five] }

test.each([
  [
    'a stopped function gets all back',
    was,
    { reserved: 0, provisioned: [] },
    { reserve: 50, provision: [five] },
  ],
  [
    'a function without a reservation gets none',
    { reserved: null, provisioned: [] },
    { reserved: 0, provisioned: [] },
    { reserve: null, provision: [] },
  ],
  ['a start that was cut off goes on', was, { reserved: 50, provisioned: [] }, { provision: [five] }],
  ['nothing is left to do', was, was, { provision: [] }],
  [
    'environments that somebody else gave stay',
    was,
    { reserved: 0, provisioned: [{ qualifier: '3', amount: 9 }] },
    { reserve: 50, provision: [], other: [{ ...five, now: 9 }] },
  ],
])('%s', (_, before, present, plan) => {
  expect(planStart(before, present)).toEqual({ other: [], ...plan })
})

test('a reservation that somebody else set since is left alone', () => {
  expect(planStart(was, { reserved: 7, provisioned: [] })).toEqual({ changedTo: 7 })
  expect(planStart(was, { reserved: null, provisioned: [] })).toEqual({ changedTo: null })
})
