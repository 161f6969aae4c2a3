import { expect, test } from 'vitest'
import { splitChecks } from '../../../src/gates/candidate/split-check.ts'

const stable = { role: 'one', deadLetter: 'queue' }
const canary = { steps: [{ percent: 10, holdMs: 1000 }] }
const live = { name: 'live', version: '3' }

const told = (candidate: { role: string; deadLetter?: string }, plan = canary, alias = live) =>
  splitChecks(plan, alias, { stable, candidate }).map(({ outcome, detail }) => `${outcome} ${detail}`)

test('two versions of the same role and dead letter may share an alias', () => {
  expect(told({ ...stable })).toEqual([])
  expect(splitChecks(canary, live, undefined)).toEqual([])
  const none = { role: 'one', deadLetter: '' }
  expect(splitChecks(canary, live, { stable: none, candidate: { role: 'one' } })).toEqual([])
})

test('each thing that Lambda wants alike is named with both values', () => {
  expect(told({ role: 'two' })).toEqual([
    'fail Lambda splits traffic only between versions of the same role: version 3 has one, the new one two',
    'fail Lambda splits traffic only between versions of the same deadLetter: version 3 has queue, the new one none',
  ])
})

test('a release without steps never has both', () => {
  expect(told({ role: 'two' }, { steps: [] })).toEqual([])
})

test('an alias on $LATEST has nothing that could be shared', () => {
  expect(told({ ...stable }, canary, { ...live, version: '$LATEST' })).toEqual([
    'fail live is on $LATEST, and Lambda splits traffic only between published versions',
  ])
})
