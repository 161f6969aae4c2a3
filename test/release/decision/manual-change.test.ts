import { describe, expect, test } from 'vitest'
import { manualChange, undoOf, waysFrom } from '../../../src/release/decision/manual-change.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import {
  formatRecord,
  type Phase,
  parseRecord,
  type ReleaseRecord,
} from '../../../src/release/values/record.ts'

function alias(
  version: string,
  found?: ReleaseRecord,
  weight?: [version: string, percent: number],
): AliasState {
  const share = weight && { weight: { version: weight[0], percent: weight[1] } }
  return { name: 'live', version, ...share, description: found ? formatRecord(found) : '', revisionId: 'r' }
}

function record(phase: Phase, held: string[]): ReleaseRecord {
  return { id: 'a', strategy: 'canary', phase, step: 1, steps: 2, candidate: '7', held, since: 0 }
}

const canary = alias('6', record('shifting', ['6', '5']), ['7', 10])
const baking = alias('7', record('baking', ['6', '5']))
const done = alias('7', record('done', ['7', '6', '5']))
const unpublished = alias('$LATEST', {
  ...record('done', ['$LATEST', '6', '5']),
  strategy: 'rollback',
  candidate: '$LATEST',
})
const back = alias('6', record('rolled-back', ['6', '5']))

describe('what a put-back says on record', () => {
  test.each([
    ['out of a canary', canary, '6', 'rolled-back', '7', ['6', '5']],
    ['out of a bake', baking, '6', 'rolled-back', '7', ['6', '5']],
    ['from a version that is done', done, '6', 'rolled-back', '7', ['6', '5']],
    ['further back', back, '5', 'rolled-back', '6', ['5']],
    ['back up again, as an undo', back, '7', 'done', '7', ['7', '6', '5']],
    ['a canary everything by hand', canary, '7', 'done', '7', ['7', '6', '5']],
    ['to a version that never held', done, '3', 'rolled-back', '7', ['3', '7', '6', '5']],
    ['without a record', alias('7'), '6', 'rolled-back', '7', ['6']],
    ['from $LATEST', alias('$LATEST'), '6', 'rolled-back', '$LATEST', ['6']],
    ['to $LATEST', back, '$LATEST', 'done', '$LATEST', ['$LATEST', '6', '5']],
    ['away from $LATEST', unpublished, '7', 'rolled-back', '$LATEST', ['7', '6', '5']],
    ['where Lambda kept the traffic', alias('7', undefined, ['6', 100]), '6', 'rolled-back', '7', ['6']],
  ])('%s', (_, from, version, phase, candidate, held) => {
    const change = manualChange(from, { version }, { id: 'b', reason: undefined, now: 0 })
    expect(change).toMatchObject({ version, weight: undefined, record: { phase, candidate, held } })
    expect(parseRecord(formatRecord(change.record))).toEqual(change.record)
  })

  test('with a weight it waits for a person, since nothing watches it', () => {
    const weight = { version: '7', percent: 10 }
    const change = manualChange(back, { version: '6', weight }, { id: 'b', reason: undefined, now: 0 })
    const said = { phase: 'paused', candidate: '7', held: ['6', '5'], reason: 'moved back by hand' }
    expect(change).toMatchObject({ version: '6', weight, record: said })
  })
})

test('a way back leads on to the versions that held before, and never to the candidate', () => {
  const change = { version: '6', weight: undefined, record: record('rolled-back', ['6', '5', '7', '4']) }
  expect(waysFrom(change).map(({ version, record: { held } }) => [version, held.join(' ')])).toEqual([
    ['6', '6 5 7 4'],
    ['5', '5 7 4'],
    ['4', '4'],
  ])
})

test.each([
  ['a version', done, { version: '6' }, { version: '7', weight: undefined }],
  ['a weight', canary, { version: '6' }, { version: '6', weight: { version: '7', percent: 10 } }],
  [
    'the version of a weight',
    canary,
    { version: '6', weight: { version: '5', percent: 10 } },
    { version: '6', weight: { version: '7', percent: 10 } },
  ],
  ['$LATEST', alias('$LATEST'), { version: '6' }, { version: '$LATEST', weight: undefined }],
  ['where the traffic was', alias('7', undefined, ['6', 100]), { version: '7' }, { version: '6' }],
  ['nothing where the traffic stayed', alias('7', undefined, ['6', 100]), { version: '6' }, undefined],
])('an undo puts back %s', (_, from, to, expected) => {
  expect(undoOf(from, to)).toEqual(expected)
})
