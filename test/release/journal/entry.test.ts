import { expect, test } from 'vitest'
import { lastBroughtBy } from '../../../src/release/changes/brought.ts'
import { readEntries } from '../../../src/release/journal/entry.ts'
import { lastConfigured } from '../../../src/release/journal/last-configured.ts'

const whose = { time: 1000, release: 'one', lambdaName: 'shop-checkout-prod', alias: 'live' }
const read = (entry: object) => readEntries([{ ...whose, ...entry }])

test('an entry comes back with the fields that are read again', () => {
  const actor = { name: 'octocat', url: 'https://ci.test/7' }
  const entry = { kind: 'shifted', version: '4', weight: { version: '5', percent: 10 }, by: 'ada', actor }
  expect(read({ ...entry, phase: 'shifting', step: 1 })).toEqual([
    { ...whose, ...entry, phase: 'shifting', step: 1 },
  ])
})

test('an entry of an earlier version, without the fields that came later, is read', () => {
  expect(read({ kind: 'outcome', outcome: 'paused', by: 'ada' })).toMatchObject([
    { outcome: 'paused', by: 'ada' },
  ])
})

test.each([
  ['a kind that only a later version knows', { kind: 'wave' }],
  ['no kind', { hello: 'world' }],
  ['no time', { kind: 'done', time: 'now' }],
])('an entry of %s is left out', (_, entry) => {
  expect(read(entry)).toEqual([])
})

test('what is no entry at all is left out', () => {
  expect(readEntries([undefined, null, 'text', 7, []])).toEqual([])
})

test.each([
  [{ reason: 7 }],
  [{ by: { arn: 'ada' } }],
  [{ actor: { name: '' } }],
  [{ plan: 'all' }],
  [{ from: 4 }],
  [{ verb: 'skip' }],
  [{ point: 'rm' }],
  [{ latest: { code: 'c', configuration: null } }],
])('a field that is not what it should be counts as absent: %j', (field) => {
  const [name = ''] = Object.keys(field)
  expect(read({ kind: 'outcome', ...field })[0]).not.toHaveProperty(name, expect.anything())
})

test('the state that $LATEST was brought to, and the settings that were applied, are those of the last entry that has them', () => {
  const latest = { code: 'c', configuration: 'f' }
  const entries = readEntries([
    { ...whose, kind: 'preparing', latest: { ...latest, code: 'older' } },
    { ...whose, kind: 'preparing', latest },
    { ...whose, kind: 'preparing', latest: { code: 7 } },
    { ...whose, kind: 'configured', settings: { retries: 'r1' } },
    { ...whose, kind: 'configured', settings: { retries: 'r2', retention: 9 } },
    { ...whose, kind: 'configured', settings: { retries: 'r3' }, alias: 'beta' },
  ])
  expect(lastBroughtBy(entries, whose.lambdaName)).toEqual(latest)
  expect(lastConfigured(entries, whose)).toEqual({ retries: 'r2' })
})
