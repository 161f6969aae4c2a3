import { expect, test } from 'vitest'
import { triggerCheck } from '../../../src/gates/candidate/trigger-check.ts'

const s3 = { description: 's3.amazonaws.com (statement s3)', kind: 'grant' } as const
const queue = { description: 'queue orders', kind: 'mapping', uuid: 'u-1' } as const

test.each([
  ['there is none', [], 'pass', 'none configured'],
  ['it goes through the alias', [{ ...s3, qualifier: 'live' }], 'pass', '1 of 1 go through live'],
  [
    'one of two goes to $LATEST',
    [
      { ...s3, qualifier: 'live' },
      { ...queue, qualifier: undefined },
    ],
    'warn',
    '1 of 2 bypass live: queue orders invokes $LATEST',
  ],
  [
    'none goes through the alias',
    [
      { ...s3, qualifier: '3' },
      { ...queue, qualifier: 'blue' },
    ],
    'fail',
    '2 of 2 bypass live: s3.amazonaws.com (statement s3) invokes 3; queue orders invokes blue',
  ],
] as const)('the triggers when %s', (_, triggers, outcome, detail) => {
  const { next: _next, ...check } = triggerCheck(triggers, { functionName: 'shop', alias: 'live' })
  expect(check).toEqual({ title: 'triggers', outcome, detail })
})
