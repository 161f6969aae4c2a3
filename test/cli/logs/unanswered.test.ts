import { expect, test } from 'vitest'
import { tailError } from '../../../src/cli/logs/tail-error.ts'
import { unanswered } from '../../../src/cli/logs/unanswered.ts'
import { emptyTally } from '../../../src/logs/following/tally.ts'
import { summaryText } from '../../../src/ui/logs/summary.ts'

const retrying = { notice: 'retrying', reason: 'Rate exceeded', next: [] } as const

test('a group is unanswered from its first failure until AWS answers for it, or the group is not read any more', () => {
  const silent = unanswered()
  for (const group of ['/a', '/b', '/c', '/d', '/d']) silent.note({ ...retrying, group })
  silent.note({ notice: 'resumed', group: '/a', from: 0, to: 1 })
  silent.note({ notice: 'waiting-for-group', group: '/b' })
  silent.note({ notice: 'denied', group: '/c', reason: '', next: [] })
  expect(silent.groups()).toEqual(['/d'])
})

test('a tail whose time is over while AWS does not answer says that lines may be lacking', () => {
  const end = { tally: { ...emptyTally(), unanswered: ['/d'] }, exitOn: /x/, unknownVersion: undefined }
  expect(tailError({ ...end, hasMatched: false })).toMatchObject({
    code: 'AWS_UNAVAILABLE',
    message: 'AWS did not answer for /d when the time was over, so the last lines are not shown.',
  })
  expect(tailError({ ...end, hasMatched: true })).toBeUndefined()
  expect(summaryText(end.tally)).toBe('0 shown, 0 late, not read to the end: /d')
})
