import { expect, test } from 'vitest'
import { mergedVerdict } from '../../src/gates/merged-verdict.ts'
import type { Verdict } from '../../src/release/values/observed.ts'

const pass: Verdict = { outcome: 'pass', reason: 'good' }
const open: Verdict = { outcome: 'inconclusive', reason: 'open' }
const fail: Verdict = { outcome: 'fail', reason: 'bad' }

test.each<[string, Verdict[], Verdict]>([
  ['one gate speaks for itself', [open], open],
  ['a failure of either fails, and says only what failed', [pass, fail], fail],
  ['a failure weighs more than doubt', [open, fail, open], fail],
  ['doubt of either is doubt', [open, pass], open],
  ['all that pass are named', [pass, pass], { outcome: 'pass', reason: 'good; good' }],
  ['all that fail are named', [fail, open, fail], { outcome: 'fail', reason: 'bad; bad' }],
])('%s', (_, verdicts, merged) => {
  expect(mergedVerdict(verdicts)).toEqual(merged)
})
