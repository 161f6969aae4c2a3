import { expect, test } from 'vitest'
import { decidingLines } from '../../../src/ui/lines/deciding.ts'

const base = { function: 'checkout', event: 'deciding', effect: 'step 1 of 2 begins again' } as const

test.each([
  [
    {
      ...base,
      verb: 'approve',
      waiting: 'no data\n::error::',
      verdict: { outcome: 'inconclusive', reason: 'no data' },
    },
    [
      'approve: step 1 of 2 begins again',
      'the release was paused until now: no data ::error::',
      "its gates now: inconclusive, no data; if they still can't decide at the end, it pauses again",
    ],
  ],
  [
    { ...base, verb: 'approve', verdict: { outcome: 'fail', reason: 'errors fires' } },
    [
      'approve: step 1 of 2 begins again',
      'its gates now: fail, errors fires; the process that carries it on rolls it back',
    ],
  ],
  [{ ...base, verb: 'step' }, ['promote --step: step 1 of 2 begins again']],
] as const)('a decision is told beforehand, with the figures', (event, lines) => {
  expect(decidingLines(event)).toEqual(lines)
})
