import { describe, expect, test } from 'vitest'
import { isOf, lineMaker, requestIdOf, writerOf } from '../../src/logs/line.ts'

const id = '8f2c1a90-1111-4222-8333-444455556666'
const other = '00000000-aaaa-4bbb-8ccc-dddddddddddd'
const time = '2026-11-21T22:30:01.123Z'

test.each([
  ['2026/11/21/[7]0a1b2c3d', { version: '7' }],
  ['2026/11/21/[$LATEST]0a1b2c3d', { version: '$LATEST' }],
  ['2026/11/21/shop-checkout-prod[12]0a1b2c3d', { function: 'shop-checkout-prod', version: '12' }],
  ['my-own-stream', {}],
  ['2026/11/21/[7]', {}],
  ['2026/11/21/[seven]0a1b', {}],
  ['2026/11/21/a/cart[7]0a1b', {}],
])('the stream %s is written by %j', (stream, writer) => {
  expect(writerOf(stream)).toEqual(writer)
})

test.each([
  ["in the function's group", '/aws/lambda/cart', '2026/11/21/[7]0a1b', true],
  ["in the function's group, named by something else", '/aws/lambda/cart', 'by-hand', true],
  ["in another function's group", '/aws/lambda/stock', '2026/11/21/cart[7]0a1b', true],
  ["another function's, in its own group", '/aws/lambda/stock', '2026/11/21/[7]0a1b', false],
  ["in a group of both, the function's", '/shop/all', '2026/11/21/cart[7]0a1b', true],
  ["in a group of both, the other's", '/shop/all', '2026/11/21/stock[7]0a1b', false],
  ['of one whose name only begins so', '/shop/all', '2026/11/21/cart-eu[7]0a1b', false],
  ['of one whose name only ends so', '/shop/all', '2026/11/21/my-cart[7]0a1b', false],
  ["of another function, in this one's group", '/aws/lambda/cart', '2026/11/21/stock[7]0a1b', false],
  ['of no function', '/shop/all', 'nginx', false],
])('a stream %s is of cart: %s %s %s', (_, group, stream, expected) => {
  expect(isOf('cart', group, stream)).toBe(expected)
})

test.each([
  ['START', `START RequestId: ${id} Version: $LATEST\n`],
  ['END', `END RequestId: ${id}\n`],
  ['REPORT', `REPORT RequestId: ${id}\tDuration: 3.05 ms\tBilled Duration: 4 ms\t`],
  ['an exited runtime', `RequestId: ${id} Error: Runtime exited with error: exit status 1`],
  ["Node's console", `${time}\t${id}\tINFO\thello`],
  ["Python's logging", `[ERROR]\t${time}\t${id}\thello`],
  ['a timeout', `${time} ${id} Task timed out after 3.00 seconds`],
  ['a platform event', `{"time":"${time}","type":"platform.start","record":{"requestId":"${id}"}}`],
  ['an application line', `{"timestamp":"${time}","level":"INFO","requestId":"${id}","message":"hello"}`],
])('a line names its request: %s', (_, message) => {
  expect(requestIdOf(message)).toBe(id)
})

test.each([
  ['plain words', 'hello'],
  ['nothing', ''],
  ["an id of the application's", `order ${id} shipped`],
  ["an id of the application's, by tabs", `order\t${id}\tshipped`],
  ['an id at the start', `${id} shipped`],
  ['no request yet', `${time}\tundefined\tINFO\thello`],
  ['something longer than an id', `START RequestId: ${id}0 Version: 1`],
  ['a lone brace', '{'],
  ['JSON without an id', '{"message":"hello"}'],
  ['JSON with a number for an id', '{"requestId":7}'],
  ['a platform event without a record', `{"time":"${time}","type":"platform.x","record":null}`],
])('a line that names none: %s', (_, message) => {
  expect(requestIdOf(message)).toBeUndefined()
})

describe('lines without an id', () => {
  function requests(...lines: [stream: string, message: string][]) {
    const toLine = lineMaker()
    return lines.map(([stream, message]) => toLine({ id: '', stream, timestamp: 0, message }).requestId)
  }

  test('belong to the request that their stream named last', () => {
    const lines = requests(
      ['a', 'before'],
      ['a', `START RequestId: ${id} Version: 1`],
      ['a', 'hello'],
      ['a', `REPORT RequestId: ${id}\tDuration: 1 ms`],
      ['a', 'after'],
    )
    expect(lines).toEqual([undefined, id, id, id, undefined])
  })

  test('of interleaved streams keep apart', () => {
    const lines = requests(
      ['a', `START RequestId: ${id} Version: 1`],
      ['b', `START RequestId: ${other} Version: 1`],
      ['a', 'hello'],
      ['b', 'hello'],
      ['a', `REPORT RequestId: ${id}\tDuration: 1 ms`],
      ['b', 'hello'],
      ['a', 'hello'],
    )
    expect(lines).toEqual([id, other, id, other, id, other, undefined])
  })

  test('end with their request in JSON too', () => {
    const platform = (type: string) =>
      `{"time":"${time}","type":"platform.${type}","record":{"requestId":"${id}"}}`
    const lines = requests(
      ['a', platform('start')],
      ['a', 'hello'],
      ['a', platform('report')],
      ['a', `{"time":"${time}","type":"platform.initStart","record":{}}`],
    )
    expect(lines).toEqual([id, id, id, undefined])
  })

  test('keep theirs though the application prints ids of its own', () => {
    const lines = requests(
      ['a', `START RequestId: ${id} Version: 1`],
      ['a', `order ${other} shipped`],
      ['a', 'hello'],
    )
    expect(lines).toEqual([id, id, id])
  })
})

test('a line has its time, its version and its message without the line end', () => {
  const line = lineMaker()({ id: 'e1', stream: '2026/11/21/[7]0a1b', timestamp: 5, message: '  hello\n' })
  expect(line).toEqual({ timestamp: 5, version: '7', requestId: undefined, message: '  hello' })
})
