import { expect, test } from 'vitest'
import { lineReader } from '../../../src/logs/lines/read-line.ts'
import { failedRequests, oneRequest } from '../../../src/logs/requests/failed-lines.ts'
import { event, id, other, time } from '../lines/reading.ts'

const start = (request: string) => `START RequestId: ${request} Version: 7`
const report = (request: string, more = '') => `REPORT RequestId: ${request}\tDuration: 3 ms\t${more}`
const thrown = (request: string) =>
  `${time}\t${request}\tERROR\tInvoke Error \t${JSON.stringify({ errorType: 'TypeError', errorMessage: 'no', stack: ['TypeError: no'] })}`

const init = 'INIT_REPORT Init Duration: 10 ms\tPhase: init\tStatus: error\tError Type: Runtime.ExitError\n'

/** Reads lines of two streams, one environment each, in one batch a line; returns the messages that each batch gave. */
function chosen(choice: ReturnType<typeof failedRequests>, ...told: [stream: string, message: string][]) {
  const toLine = lineReader(() => 'shop')
  return told.map(([stream, message], timestamp) =>
    choice.take([toLine(event(message, { stream, timestamp }))]).map((line) => line.event.message),
  )
}

test('a failed request is given when it fails, with its lines of before, and then its others', () => {
  const given = chosen(
    failedRequests(),
    ['a', start(id)],
    ['b', start(other)],
    ['a', 'charging'],
    ['b', 'hello'],
    ['a', thrown(id)],
    ['b', report(other)],
    ['a', report(id)],
  )
  expect(given).toEqual([[], [], [], [], [start(id), 'charging', thrown(id)], [], [report(id)]])
})

test('one that Lambda ends is given with its report', () => {
  const given = chosen(
    failedRequests(),
    ['a', start(id)],
    ['a', 'slow'],
    ['a', report(id, 'Status: timeout')],
  )
  expect(given.at(-1)).toEqual([start(id), 'slow', report(id, 'Status: timeout')])
})

test('one that timed out is given whole, though the line of the time-out comes behind its report', () => {
  const late = `${time} ${id} Task timed out after 3.00 seconds`
  const given = chosen(
    failedRequests(),
    ['a', start(id)],
    ['a', 'slow'],
    ['a', report(id)],
    ['b', start(other)],
    ['a', late],
  )
  expect(given.at(-1)).toEqual([start(id), 'slow', report(id), late])
})

test('an error that is only logged fails nothing; a start that failed is given', () => {
  const logged = `${time}\t${id}\tERROR\tlogged`
  const given = chosen(failedRequests(), ['a', init], ['a', start(id)], ['a', logged], ['a', report(id)])
  expect(given).toEqual([[init], [], [], []])
})

test('a start that failed has its lines of before; those of a start that went well are of no failure', () => {
  const opening = `${time}\tundefined\tINFO\topening the table`
  const given = chosen(
    failedRequests(),
    ['a', opening],
    ['b', opening],
    ['b', start(id)],
    ['a', init],
    ['b', init],
  )
  expect(given).toEqual([[], [], [], [opening, init], [start(id), init]])
})

test('an environment whose lines name no request takes no room from the others', () => {
  const loose = Array.from({ length: 50_001 }, (): [string, string] => ['b', 'hello'])
  const given = chosen(failedRequests(), ['a', start(id)], ...loose, ['b', init], ['a', thrown(id)])
  expect(given.at(-2)).toHaveLength(200)
  expect(given.at(-1)).toEqual([start(id), thrown(id)])
})

test('requests that never end hold no more than a bounded number of lines', () => {
  const toLine = lineReader(() => 'shop')
  const choice = failedRequests()
  choice.take([toLine(event(start(id), { stream: 'a' }))])
  choice.take(
    Array.from({ length: 50_001 }, (_, at) => toLine(event('hello', { stream: 'a', timestamp: at }))),
  )
  expect(choice.take([toLine(event(thrown(id), { stream: 'a', timestamp: 60_000 }))])).toHaveLength(1)
})

test('one request is given from all its environments', () => {
  const given = chosen(
    oneRequest(id),
    ['a', start(id)],
    ['b', start(other)],
    ['a', 'hello'],
    ['c', start(id)],
  )
  expect(given).toEqual([[start(id)], [], ['hello'], [start(id)]])
})
