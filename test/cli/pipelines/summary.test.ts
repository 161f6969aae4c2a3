import { expect, test } from 'vitest'
import { summaryText } from '../../../src/cli/pipelines/github/summary.ts'
import { withFailure } from '../../../src/cli/pipelines/outcomes.ts'
import { LambdactlError } from '../../../src/errors/error.ts'

test('the summary says below its table why functions failed, and what they ship of another tool', () => {
  const ships = 'mail: this release also ships a change by Terraform: memory 512 MB → 1024 MB'
  const fired = new LambdactlError(
    'ROLLED_BACK',
    'Alias live is back on version 1: mail-errors | is in ALARM',
  )
  const thrown = new LambdactlError('ROLLED_BACK', '1 of 2 functions failed', {
    failures: [{ function: 'mail', error: fired }],
  })
  const parts = [
    { function: 'pay', outcome: 'released', version: '3', previous: '2', release: 'abcd1234' },
    { function: 'mail', release: 'efgh5678', notes: [ships] },
  ]
  expect(summaryText(withFailure(parts, thrown))).toBe(`### lambdactl

| Function | Outcome | Version | Before | Release |
| --- | --- | --- | --- | --- |
| pay | released | 3 | 2 | abcd1234 |
| mail | rolled-back |  |  | efgh5678 |

- ${ships}
- mail: Alias live is back on version 1: mail-errors \\| is in ALARM

`)
})

test('a reason that all functions share is in the summary once', () => {
  const thrown = new LambdactlError('NOT_FOUND', 'There is no alias')
  const text = summaryText(withFailure([{ function: 'pay' }, { function: 'mail' }], thrown))
  expect(text.match(/There is no alias/g)).toHaveLength(1)
})
