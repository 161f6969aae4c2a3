import { expect, test } from 'vitest'
import { movedSince } from '../../../src/release/values/moved.ts'
import type { ReleaseRecord } from '../../../src/release/values/record.ts'

const record: ReleaseRecord = {
  id: 'ours',
  strategy: 'canary',
  phase: 'paused',
  step: 1,
  steps: 2,
  candidate: '4',
  held: ['3'],
  since: 0,
}
const alias = { name: 'live', description: '', revisionId: 'revision-1' }
const onCandidate = { ...alias, version: '4' }

test.each(['paused', 'baking'] as const)(
  'one with all traffic on the candidate before the last step was moved: %s',
  (phase) => {
    expect(movedSince(onCandidate, { ...record, phase })).toBe(true)
    expect(movedSince(onCandidate, { ...record, phase, step: 2 })).toBe(false)
  },
)

test('a paused step is where it was', () => {
  const weight = { version: '4', percent: 10 }
  expect(movedSince({ ...alias, version: '3', weight }, record)).toBe(false)
  expect(movedSince({ ...alias, version: '9', weight }, record)).toBe(true)
})
