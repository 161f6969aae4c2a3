import { describe, expect, test } from 'vitest'
import { lineReader } from '../../../src/logs/lines/read-line.ts'
import { event, id, other, read } from './reading.ts'

describe('an id of the application is none of a request', () => {
  test.each([
    `order ${id} shipped`,
    `order\t${id}\tshipped`,
    `${id} shipped`,
    `START RequestId: ${id}0 Version: 1`,
  ])('%s', (message) => {
    expect(read(message).requestId).toBeUndefined()
  })
})

describe('a line without an id', () => {
  function requests(...lines: [stream: string, timestamp: number, message: string][]) {
    const toLine = lineReader(() => 'shop')
    return lines.map(
      ([stream, timestamp, message]) => toLine(event(message, { stream, timestamp })).requestId,
    )
  }

  test('belongs to the request that its stream named last', () => {
    const lines = requests(
      ['a', 0, 'before'],
      ['a', 1, `START RequestId: ${id} Version: 1`],
      ['b', 1, `START RequestId: ${other} Version: 1`],
      ['a', 2, 'hello'],
      ['b', 2, 'hello'],
      ['a', 3, `REPORT RequestId: ${id}\tDuration: 1 ms`],
      ['a', 4, 'after'],
    )
    expect(lines).toEqual([undefined, id, other, id, other, id, undefined])
  })

  test('that comes late belongs to the request of its time', () => {
    const lines = requests(
      ['a', 1, `START RequestId: ${id} Version: 1`],
      ['a', 9, `REPORT RequestId: ${id}\tDuration: 1 ms`],
      ['a', 10, `START RequestId: ${other} Version: 1`],
      ['a', 5, 'late'],
      ['a', 11, 'on time'],
    )
    expect(lines).toEqual([id, id, other, id, other])
  })
})

test('a function is named by its stream, or by its group', () => {
  const names: unknown[] = []
  const toLine = lineReader((group, name) => {
    names.push([group, name])
    return 'shop'
  })
  expect(toLine(event('hello', { stream: '2026/11/27/cart[12]0a' })).version).toBe('12')
  toLine(event('hello'))
  expect(names).toEqual([
    ['/aws/lambda/shop', 'cart'],
    ['/aws/lambda/shop', undefined],
  ])
})

test('lines of any kind are read: binary, very long, deep', () => {
  for (const message of [
    '\u0000\u0007\ufffd',
    'x'.repeat(262_144),
    `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`,
    '{"message":null}',
    '{"level":{},"message":7}',
  ]) {
    expect(() => read(message)).not.toThrow()
  }
})
