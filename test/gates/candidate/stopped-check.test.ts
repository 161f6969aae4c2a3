import { expect, test } from 'vitest'
import { stoppedCheck } from '../../../src/gates/candidate/stopped-check.ts'

const stopped = { summary: 'stopped by ada since 03:40: it loops', next: 'To start it again: …' }

test('a release of a stopped function is warned', () => {
  expect(stoppedCheck({ ...stopped, provisions: false })).toEqual({
    title: 'stopped',
    outcome: 'warn',
    detail:
      'the function is stopped by ada since 03:40: it loops; the new version gets no traffic until it is started. To start it again: …',
  })
})

test('a release that provisions concurrency fails meanwhile, and says how to start the function', () => {
  expect(stoppedCheck({ ...stopped, provisions: true })).toMatchObject({
    outcome: 'fail',
    next: ['To start it again: …'],
  })
})
