import { expect, test } from 'vitest'
import { smokeCheck } from '../../src/gates/smoke-check.ts'

test.each([
  [
    'there is no event',
    undefined,
    'warn',
    'no release.smoke event is configured: the candidate was not tried before the shift',
  ],
  [
    'it answers',
    { payload: '{"ok":true}', functionError: undefined },
    'pass',
    'the candidate started and answered its smoke event at 0%',
  ],
  [
    'it throws',
    { payload: '{"errorMessage":"no table"}', functionError: 'Unhandled' },
    'fail',
    'the candidate failed its smoke event: {"errorMessage":"no table"}',
  ],
  [
    'it throws at length',
    { payload: 'x'.repeat(201), functionError: 'Unhandled' },
    'fail',
    `the candidate failed its smoke event: ${'x'.repeat(199)}…`,
  ],
  [
    'it throws at just that length',
    { payload: 'x'.repeat(200), functionError: 'Unhandled' },
    'fail',
    `the candidate failed its smoke event: ${'x'.repeat(200)}`,
  ],
] as const)('the smoke check when %s', (_, answer, outcome, detail) => {
  expect(smokeCheck(answer)).toEqual({ title: 'smoke', outcome, detail })
})
