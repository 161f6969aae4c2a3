import { describe, expect, test } from 'vitest'
import { rolledBack, rolledBackVersions, unknownLeft } from '../../../src/release/decision/rolled-back.ts'
import { readEntries } from '../../../src/release/journal/entry.ts'

const content = { lambdaName: 'shop-checkout-prod', alias: 'live', digest: 'bad' }
const ada = 'arn:aws:iam::123456789012:user/ada'

/** Entries a minute apart, each of the function unless it says otherwise. */
function journal(...entries: Record<string, unknown>[]) {
  const base = { lambdaName: content.lambdaName, alias: content.alias }
  return readEntries(entries.map((entry, index) => ({ ...base, ...entry, time: index * 60_000 })))
}

const planned = (release: string, candidate: string, digest: string) => ({
  release,
  kind: 'plan',
  by: ada,
  plan: { candidate, origin: { digest } },
})
const done = (release: string) => ({ release, kind: 'done' })
const byGate = { release: 'r7', kind: 'outcome', outcome: 'rolled-back', reason: 'errors fires' }
const byHand = (from: object, version: string) => ({
  release: 'back',
  kind: 'outcome',
  outcome: 'rolled-back',
  strategy: 'rollback',
  from,
  version,
  reason: 'it charges twice',
  by: ada,
})
const undo = { release: 'undo', kind: 'done', strategy: 'rollback', from: { version: '6' }, version: '7' }
const released = [planned('r7', '7', 'bad'), done('r7')]

describe('a content was rolled back', () => {
  test.each([
    ['by a gate', [planned('r7', '7', 'bad'), byGate], 'errors fires'],
    ['by hand, after its release', [...released, byHand({ version: '7' }, '6')], 'it charges twice'],
    [
      'by hand, in its release',
      [planned('r7', '7', 'bad'), byHand({ version: '6', weight: { version: '7' } }, '6')],
      'it charges twice',
    ],
    [
      'before another was released',
      [planned('r7', '7', 'bad'), byGate, planned('r8', '8', 'good'), done('r8')],
      'errors fires',
    ],
    ['again', [...released, byHand({ version: '7' }, '6'), undo, byGate], 'errors fires'],
  ])('%s', (_, entries, reason) => {
    expect(rolledBack(journal(...entries), content)).toMatchObject({ reason, by: ada })
  })

  test('where only its version tells what it was', () => {
    const entries = journal(byHand({ version: '7' }, '6'))
    expect(unknownLeft(entries, content)).toEqual(['7'])
    expect(rolledBack(entries, content)).toBeUndefined()
    expect(rolledBack(entries, content, new Map([['7', 'bad']]))).toMatchObject({ isByHand: true })
  })
})

describe('a content was not rolled back', () => {
  test.each([
    ['when it was another', [planned('r7', '7', 'good'), byGate]],
    [
      'of another alias',
      [
        { ...planned('r7', '7', 'bad'), alias: 'blue' },
        { ...byGate, alias: 'blue' },
      ],
    ],
    [
      'since it has held 100% again',
      [planned('r7', '7', 'bad'), byGate, planned('r9', '7', 'bad'), done('r9')],
    ],
    ['since that was undone', [...released, byHand({ version: '7' }, '6'), undo]],
    ['when AWS did not answer', [planned('r7', '7', 'bad'), { ...byGate, failure: 'UNREACHABLE' }]],
    ['when it is what was gone back to', [...released, byHand({ version: '8' }, '7')]],
    [
      'by what is no entry of ours',
      [
        { kind: 'plan', plan: 7 },
        { kind: 'outcome', outcome: 'rolled-back' },
      ],
    ],
  ])('%s', (_, entries) => {
    expect(rolledBack(journal(...entries), content)).toBeUndefined()
  })
})

describe('the versions that were rolled back', () => {
  test.each([
    ['by a gate', [planned('r7', '7', 'bad'), byGate], ['7']],
    ['by hand', [...released, byHand({ version: '7' }, '6')], ['7']],
    ['and undone', [...released, byHand({ version: '7' }, '6'), undo], []],
    [
      'of another alias',
      [
        { ...planned('r7', '7', 'bad'), alias: 'blue' },
        { ...byGate, alias: 'blue' },
      ],
      [],
    ],
    ['and failed to be', [planned('r7', '7', 'bad'), { ...byGate, failure: 'no' }], []],
  ])('%s', (_, entries, expected) => {
    expect(rolledBackVersions(journal(...entries), content.lambdaName, content.alias)).toEqual(expected)
  })
})
