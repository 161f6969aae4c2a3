import { expect, test } from 'vitest'
import { isBack, rollbackTargets, wayBack } from '../../../src/release/decision/rollback-target.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import type { Phase, ReleaseRecord } from '../../../src/release/values/record.ts'

function alias(version: string, weight?: string, percent = 10): AliasState {
  return {
    name: 'live',
    version,
    ...(weight === undefined ? {} : { weight: { version: weight, percent } }),
    description: '',
    revisionId: 'r1',
  }
}

function record(phase: Phase, held: string[]): ReleaseRecord {
  return { id: 'a', strategy: 'canary', phase, step: 1, steps: 2, candidate: '4', held, since: 0 }
}

test.each([
  ['a step runs', alias('3', '4'), record('shifting', ['3', '2']), ['3', '2']],
  ['a bake runs', alias('4'), record('baking', ['3', '2']), ['3', '2']],
  ['it is paused', alias('3', '4'), record('paused', ['3', '2']), ['3', '2']],
  [
    'it releases a version that held before',
    alias('3', '4'),
    record('shifting', ['3', '4', '2']),
    ['3', '2'],
  ],
  ['it is done', alias('4'), record('done', ['4', '3', '2']), ['3', '2']],
  ['it was rolled back', alias('3'), record('rolled-back', ['3', '2']), ['2']],
  ['somebody moved the alias after it', alias('9'), record('done', ['4', '3']), ['4', '3']],
  ['somebody set a weight after it', alias('4', '9'), record('done', ['4', '3']), ['4']],
  ['there is no record, but a weight', alias('3', '4'), undefined, ['3']],
  ['Lambda keeps all traffic on another version', alias('4', '3', 100), record('done', ['4', '3']), ['3']],
  ['it does so after a rollback', alias('3', '4', 100), record('rolled-back', ['3', '2']), ['3']],
  ['it does, and there is no record', alias('4', '3', 100), undefined, ['3']],
  ['there is no record and no weight', alias('3'), undefined, []],
  ['it was the first release', alias('1'), record('done', ['1']), []],
  ['it is on the last of those that held', alias('2'), record('rolled-back', ['2']), []],
])('the ways back when %s', (_, state, found, expected) => {
  expect(rollbackTargets(state, found)).toEqual(expected)
})

test.each([
  ['a gate or a person rolled it back', alias('3'), record('rolled-back', ['3', '2']), true],
  ['a release is done since', alias('4'), record('done', ['4', '3']), false],
  ['a release runs', alias('3', '4'), record('shifting', ['3']), false],
  ['somebody moved it since', alias('9'), record('rolled-back', ['3', '2']), false],
  ['somebody set a weight since', alias('3', '9'), record('rolled-back', ['3', '2']), false],
  ['there is no record', alias('3'), undefined, false],
])('whether an alias is back already when %s', (_, state, found, expected) => {
  expect(isBack(state, found)).toBe(expected)
})

test('of the way back, what was deleted is told, and where a rollback goes then', () => {
  const done = record('done', ['4', '3', '2', '1'])
  expect(wayBack(alias('4'), done, ['4', '3', '2', '1'])).toMatchObject({ to: '3', gone: [] })
  expect(wayBack(alias('4'), done, ['4', '2'])).toMatchObject({ to: '2', gone: ['3', '1'] })
  expect(wayBack(alias('4'), done, ['4'])).toMatchObject({ to: undefined, gone: ['3', '2', '1'] })
  expect(wayBack(alias('4'), record('done', ['4', '$LATEST']), ['4'])).toMatchObject({
    to: '$LATEST',
    gone: [],
  })
  expect(wayBack(alias('1'), record('done', ['1']), ['1'])).toBeUndefined()
})
