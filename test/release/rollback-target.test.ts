import { expect, test } from 'vitest'
import type { AliasState } from '../../src/release/observed.ts'
import type { Phase, ReleaseRecord } from '../../src/release/record.ts'
import { rollbackTarget } from '../../src/release/rollback-target.ts'

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
  ['a step runs', alias('3', '4'), record('shifting', ['3', '2']), '3'],
  ['a bake runs', alias('4'), record('baking', ['3', '2']), '3'],
  ['it is paused', alias('3', '4'), record('paused', ['3', '2']), '3'],
  ['it is done', alias('4'), record('done', ['4', '3', '2']), '3'],
  ['it was rolled back', alias('3'), record('rolled-back', ['3', '2']), '2'],
  ['somebody moved the alias after it', alias('9'), record('done', ['4', '3']), '4'],
  ['somebody set a weight after it', alias('4', '9'), record('done', ['4', '3']), '4'],
  ['there is no record, but a weight', alias('3', '4'), undefined, '3'],
  ['Lambda keeps all traffic on another version', alias('4', '3', 100), record('done', ['4', '3']), '3'],
  ['it does, and there is no record', alias('4', '3', 100), undefined, '3'],
])('the way back when %s', (_, state, found, expected) => {
  expect(rollbackTarget(state, found)).toBe(expected)
})

test.each([
  ['no record and no weight', alias('3'), undefined],
  ['the first release', alias('1'), record('done', ['1'])],
  ['the last of those that held', alias('2'), record('rolled-back', ['2'])],
])('nothing tells the way back: %s', (_, state, found) => {
  expect(() => rollbackTarget(state, found)).toThrowError(
    expect.objectContaining({
      code: 'NOT_FOUND',
      message: `Alias live is on version ${state.version}, and no release record names a version that held 100% before it.`,
      next: ['Choose the version yourself: --to N (`lambdactl status` lists the versions).'],
    }),
  )
})
