import { expect, test } from 'vitest'
import { outcomeOf, outcomeSince } from '../../../src/release/decision/outcome.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import type { Phase, ReleaseRecord } from '../../../src/release/values/record.ts'

function alias(version: string, weight?: [version: string, percent: number]): AliasState {
  const share = weight && { weight: { version: weight[0], percent: weight[1] } }
  return { name: 'live', version, ...share, description: '', revisionId: 'r' }
}

function record(phase: Phase, held: string[], changed: Partial<ReleaseRecord> = {}): ReleaseRecord {
  return { id: 'a', strategy: 'canary', phase, step: 1, steps: 1, candidate: '7', held, since: 0, ...changed }
}

const byHand = { id: 'b', strategy: 'rollback' } as const

test.each([
  ['is done', alias('7'), record('done', ['7', '6']), 'done'],
  ['is done, and moved since', alias('9'), record('done', ['7', '6']), 'moved'],
  ['is done, and Lambda keeps its traffic', alias('7', ['6', 100]), record('done', ['7', '6']), 'moved'],
  ['was rolled back', alias('6'), record('rolled-back', ['6']), 'rolled-back'],
  ['was rolled back, and moved since', alias('9'), record('rolled-back', ['6']), 'rolled-back'],
  ['holds a step', alias('6', ['7', 10]), record('shifting', ['6']), 'going'],
  ['bakes', alias('7'), record('baking', ['6']), 'going'],
  ['was moved in its step', alias('9'), record('shifting', ['6']), 'moved'],
  ['is paused', alias('6', ['7', 10]), record('paused', ['6']), 'waiting'],
  ['awaits approval', alias('6', ['7', 10]), record('awaiting-approval', ['6']), 'waiting'],
] as const)('a release that %s', (_, found, its, expected) => {
  expect(outcomeOf(found, its)).toBe(expected)
})

test.each([
  ['it went on itself', record('done', ['7', '6']), 'done'],
  ['a rollback took it back', record('rolled-back', ['6'], byHand), 'rolled-back'],
  [
    'a rollback of another version came',
    record('rolled-back', ['5'], { ...byHand, candidate: '6' }),
    'moved',
  ],
  ['the next release goes back to it', record('shifting', ['7', '6'], { id: 'c', candidate: '8' }), 'done'],
  ['the next release does not', record('done', ['8', '6'], { id: 'c', candidate: '8' }), 'moved'],
  ['a person gave it everything', record('done', ['7', '6'], byHand), 'done'],
  ['there is no record', undefined, 'moved'],
])('what has become of a release since, where %s', (_, now, expected) => {
  expect(outcomeSince(record('shifting', ['6']), alias('7'), now)).toBe(expected)
})
