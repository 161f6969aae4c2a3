import { describe, expect, test } from 'vitest'
import {
  type ProvisionedConcurrency,
  planConcurrency,
  strays,
  usedBy,
  versionsLeft,
} from '../../../src/release/plan/provisioned.ts'
import type { AliasState } from '../../../src/release/values/observed.ts'
import { formatRecord, type Phase } from '../../../src/release/values/record.ts'

const alias: AliasState = { name: 'live', version: '3', description: '', revisionId: 'r' }

function config(
  qualifier: string,
  requested = 5,
  status: ProvisionedConcurrency['status'] = 'READY',
): ProvisionedConcurrency {
  return { qualifier, requested, available: 0, status, reason: undefined }
}

function at(phase: Phase, version: string, percent?: number, id = 'ours'): AliasState {
  const held = phase === 'done' ? ['4', '3', '2'] : ['3', '2']
  const counted = { step: 1, steps: 1, since: 0 }
  const description = formatRecord({ id, strategy: 'canary', phase, candidate: '4', held, ...counted })
  const weight = percent === undefined ? {} : { weight: { version: '4', percent } }
  return { ...alias, version, ...weight, description }
}

describe('what a release plans', () => {
  test.each([
    ['nothing without any', [], undefined, undefined],
    ['the configured amount', [], 2, { amount: 2 }],
    ["the stable version's", [config('3')], undefined, { amount: 5 }],
    ['the configured amount before that', [config('3')], 2, { amount: 2 }],
    [
      "the alias's, to be handed over",
      [config('live')],
      2,
      { amount: 2, stable: { amount: 5, why: 'alias' } },
    ],
    [
      "the stable version's, to be waited for",
      [config('3', 5, 'IN_PROGRESS')],
      undefined,
      { amount: 5, stable: { amount: 5, why: 'pending' } },
    ],
    [
      'those of a stable version that failed, without a wait',
      [config('3', 5, 'FAILED')],
      undefined,
      { amount: 5 },
    ],
    [
      'what a release that was cut off left on the newest version, for both',
      [config('6', 2), config('10', 7)],
      undefined,
      { amount: 7, stable: { amount: 7, why: 'cut-off' } },
    ],
    ['only the candidate where it is configured', [config('10', 7)], 2, { amount: 2 }],
    ['nothing from an older version', [config('1')], undefined, undefined],
    ['nothing from another alias', [config('beta')], undefined, undefined],
  ] as const)('%s', (_, found, configured, planned) => {
    expect(planConcurrency(found, alias, configured)).toEqual(planned)
  })

  test('a first release has what is configured', () => {
    expect(planConcurrency([], undefined, 3)).toEqual({ amount: 3 })
    expect(planConcurrency([], undefined, undefined)).toBeUndefined()
  })
})

test('strays are versions that the alias neither serves nor goes back to', () => {
  const found = ['live', '12', '4', '3', '2', '9'].map((qualifier) => config(qualifier))
  expect(strays(found, at('done', '4')).map(({ qualifier }) => qualifier)).toEqual(['9', '12'])
})

describe('a release leaves', () => {
  const leaving = { id: 'ours', candidate: '4', held: ['3', '2'] }
  test.each([
    ['the versions before it when it is done', at('done', '4'), ['3', '2']],
    ['its candidate when it was rolled back', at('rolled-back', '3'), ['4']],
    ['nothing while it shifts', at('shifting', '3', 10), []],
    ['nothing while it is paused', at('paused', '3', 10), []],
    ['its candidate when somebody moved the alias', at('shifting', '9'), ['4']],
    ['its candidate when another release has the alias', at('shifting', '3', 10, 'theirs'), ['4']],
    ['its candidate when the record is gone', alias, ['4']],
    ['its candidate when the alias was deleted', undefined, ['4']],
  ] as const)('%s', (_, now, versions) => {
    expect(versionsLeft(now, leaving)).toEqual(versions)
  })
})

test('a version is used by an alias that points to it or gives it a share', () => {
  expect(usedBy('3', [alias])).toBe('alias live points to it')
  expect(usedBy('4', [at('shifting', '3', 10)])).toBe('alias live gives it 10%')
  expect(usedBy('5', [alias])).toBeUndefined()
})
