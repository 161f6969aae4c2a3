import { expect, test } from 'vitest'
import { lineReader } from '../../../src/logs/lines/read-line.ts'
import { withAttempts } from '../../../src/logs/requests/attempts.ts'
import { collectRequests } from '../../../src/logs/requests/collect.ts'
import { failedRequests } from '../../../src/logs/requests/failed-lines.ts'
import { event, id, other } from '../lines/reading.ts'

const minute = 60_000
const start = (request = id) => `START RequestId: ${request} Version: 7`
const failed = (request = id) => `2026-11-27T03:40:55.123Z ${request} Task timed out after 3.00 seconds`
const report = (request = id) => `REPORT RequestId: ${request}\tDuration: 3.05 ms\t`

type Told = readonly [message: string, timestamp: number, stream?: string]

/** Lines as a tail marks them. */
function lines(...told: Told[]) {
  const toLine = withAttempts(lineReader(() => 'shop'))
  return told.map(([message, timestamp, stream = '2026/11/27/[7]0a']) =>
    toLine(event(message, { timestamp, stream })),
  )
}

const attemptsOf = (...told: Told[]) => lines(...told).map(({ attempt }) => attempt)

test('an event that Lambda runs again after a failure has attempts, in one environment or another', () => {
  const marked = attemptsOf(
    [start(), 0],
    [report(), 1],
    [failed(), 1],
    [start(), minute],
    ['again', minute + 1],
    [failed(), minute + 2],
    [start(), 3 * minute, '2026/11/27/[7]0b'],
    ['once more', 3 * minute + 1, '2026/11/27/[7]0b'],
    // A line of the first attempt that comes late.
    ['late', 0.5],
  )
  expect(marked).toEqual([undefined, undefined, undefined, 2, 2, 2, 3, 3, undefined])
})

test('where the log level leaves START out, another environment tells the next attempt', () => {
  const said = (text: string) => `2026-11-27T03:40:55.123Z\t${id}\tINFO\t${text}`
  expect(attemptsOf([failed(), 0], [said('again'), minute, '2026/11/27/[7]0b'])).toEqual([undefined, 2])
})

test('a request that did not fail, and another request, are first attempts', () => {
  expect(attemptsOf([start(), 0], [report(), 1], [start(), minute])).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(attemptsOf([start(), 0], [failed(), 1], [start(other), minute])).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('each attempt is a request of its own, also in one environment long after the one before', () => {
  const requests = collectRequests()
  const settled = lines(
    [start(), 0],
    [report(), 1],
    [failed(), 1],
    [start(), minute],
    [report(), minute + 5],
  ).flatMap((line) => {
    requests.add(line)
    return requests.takeSettled(line.event.timestamp)
  })
  const all = [...settled, ...requests.takeSettled(Number.POSITIVE_INFINITY)]
  expect(all.map(({ attempt, status }) => [attempt, status])).toEqual([
    [undefined, 'timeout'],
    [2, 'ok'],
  ])
})

test('of failed requests, an attempt that went well is none', () => {
  const told = lines(
    [start(), 0],
    [failed(), 1],
    [start(), minute],
    ['well now', minute + 1],
    [report(), minute + 2],
  )
  expect(
    failedRequests()
      .take(told)
      .map(({ text }) => text),
  ).toEqual(['started', 'Task timed out after 3.00 seconds'])
})
