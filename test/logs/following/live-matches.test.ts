import { expect, test } from 'vitest'
import { liveMatches } from '../../../src/logs/following/live-matches.ts'

const event = (message: string, timestamp = 1000) => ({
  group: '/aws/lambda/shop',
  stream: '2026/11/21/[1]0a',
  timestamp,
  ingested: timestamp + 20,
  message,
})

test('an event is shown by whichever way gives it first', () => {
  const matches = liveMatches()
  expect(matches.live([event('one')])).toHaveLength(1)
  expect(matches.polled([event('one'), event('two')])).toEqual([event('two')])
  expect(matches.live([event('two')])).toEqual([])
})

test('lines that are alike are counted, not merged', () => {
  const matches = liveMatches()
  expect(matches.live([event('tick'), event('tick')])).toHaveLength(2)
  expect(matches.polled([event('tick'), event('tick'), event('tick')])).toHaveLength(1)
})

test('what differs in its stream alone is another event', () => {
  const matches = liveMatches()
  matches.live([event('tick')])
  expect(matches.polled([{ ...event('tick'), stream: '2026/11/21/[1]0b' }])).toHaveLength(1)
})

test('seconds before a time are forgotten', () => {
  const matches = liveMatches()
  matches.live([event('old', 1000), event('new', 9000)])
  matches.forgetBefore(5000)
  expect(matches.polled([event('old', 1000), event('new', 9000)])).toEqual([event('old', 1000)])
})
