import { expect, test } from 'vitest'
import { readEntries } from '../../../src/release/journal/entry.ts'
import { lastRecord } from '../../../src/release/journal/last-record.ts'
import { formatRecord, parseRecord } from '../../../src/release/values/record.ts'

const of = { lambdaName: 'shop-checkout-prod', alias: 'live' }

/** Entries of the alias, a second apart. */
function recordOf(...entries: object[]) {
  return lastRecord(readEntries(entries.map((entry, index) => ({ time: index * 1000, ...of, ...entry }))), of)
}

const begun = (release: string, candidate: string, stable?: string) => ({
  release,
  kind: 'plan',
  plan: { strategy: 'canary', candidate, ...(stable === undefined ? {} : { stable }) },
})
const shifted = (release: string, phase = 'shifting') => ({ release, kind: 'shifted', phase })
const done = (release: string) => ({ release, kind: 'done' })
const one = [begun('a', '1'), done('a')]
const two = [...one, begun('b', '2', '1'), shifted('b'), shifted('b', 'baking'), done('b')]

test('a release that is done has its candidate on top of the way back', () => {
  expect(recordOf(...two)).toEqual({
    id: 'b',
    strategy: 'canary',
    phase: 'done',
    step: 0,
    steps: 0,
    candidate: '2',
    held: ['2', '1'],
    since: 5000,
  })
})

test('the plan knows versions from before the journal', () => {
  const plan = { strategy: 'canary', candidate: '9', stable: '8', held: ['8', '6'] }
  expect(recordOf({ release: 'c', kind: 'plan', plan }, done('c'))?.held).toEqual(['9', '8', '6'])
})

test('what is no version is not read: a Description with it could not be read back', () => {
  const plan = { strategy: 'canary', candidate: '9', stable: '8', held: ['8', '\u001B[31m', '../etc'] }
  const forged = recordOf({ release: 'c', kind: 'plan', plan }, done('c'))
  expect(forged?.held).toEqual(['9', '8'])
  expect(forged && parseRecord(formatRecord(forged))).toEqual(forged)
  const back = {
    release: 'd',
    kind: 'outcome',
    strategy: 'rollback',
    version: '1 | since',
    outcome: 'rolled-back',
  }
  expect(recordOf(...two, back)?.held).toEqual(['2', '1'])
})

test('a release in progress is where it was, and a planned one that never moved its alias does not count', () => {
  expect(recordOf(...two, begun('c', '3', '2'), shifted('c'))).toMatchObject({
    id: 'c',
    phase: 'shifting',
    candidate: '3',
    held: ['2', '1'],
  })
  expect(recordOf(...two, begun('c', '3', '2'))?.id).toBe('b')
})

test("a person's decision without a phase leaves the release shifting", () => {
  const approved = { release: 'c', kind: 'shifted', verb: 'approve' }
  expect(recordOf(...two, begun('c', '3', '2'), shifted('c'), approved)?.phase).toBe('shifting')
  expect(recordOf(...two, begun('c', '3', '2'), { ...approved, phase: 'approved' })?.phase).toBe('approved')
})

test('a rollback takes versions off the way back, by a gate as by hand', () => {
  const gate = { release: 'c', kind: 'outcome', outcome: 'rolled-back', version: '2', reason: 'errors' }
  expect(recordOf(...two, begun('c', '3', '2'), shifted('c'), gate)).toMatchObject({
    id: 'c',
    phase: 'rolled-back',
    held: ['2', '1'],
    reason: 'errors',
  })
  const hand = { kind: 'outcome', outcome: 'rolled-back', strategy: 'rollback', from: { version: '2' } }
  expect(recordOf(...two, { release: 'd', ...hand, version: '1' })).toMatchObject({
    id: 'd',
    phase: 'rolled-back',
    candidate: '2',
    held: ['1'],
  })
})

test('other aliases, and a release that was left, say nothing', () => {
  const left = { release: 'b', kind: 'outcome', outcome: 'left' }
  expect(recordOf(...two, left, { ...done('b'), alias: 'next' })).toMatchObject({ id: 'b', phase: 'done' })
  expect(recordOf({ kind: 'preparing', release: 'a' })).toBeUndefined()
})
