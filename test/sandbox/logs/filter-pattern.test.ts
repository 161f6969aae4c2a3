import { describe, expect, test } from 'vitest'
import { filterPattern } from '../../../src/sandbox/logs/patterns/filter-pattern.ts'

describe('terms', () => {
  test.each([
    ['', 'anything', true],
    ['ERROR', 'an ERROR here', true],
    ['ERROR', 'an error here', false],
    ['one two', 'two and one', true],
    ['one two', 'only one', false],
    ['"out of memory"', 'it ran out of memory', true],
    ['"out of memory"', 'memory ran out of', false],
    ['"say \\"hi\\""', 'say "hi"', true],
    ['ERROR -health', 'ERROR in checkout', true],
    ['ERROR -health', 'ERROR in health', false],
    ['-START', 'END', true],
    ['-START', 'START', false],
    ['-"a b"', 'a b', false],
    ['?WARN ?ERROR', 'an ERROR', true],
    ['?WARN ?ERROR', 'an INFO', false],
    ['?WARN ERROR', 'an ERROR', true],
    ['?WARN ERROR', 'a WARN', false],
    ['%ERR.R%', 'an ERROR', true],
    ['%ERR.R%', 'an ERR', false],
    ['%gate%', 'a gateway', true],
    ['%gate% -%away%', 'gate away', false],
  ])('%j on %j: %s', (pattern, message, expected) => {
    expect(filterPattern(pattern)(message)).toBe(expected)
  })
})

describe('fields with spaces between them', () => {
  const line = '127.0.0.1 frank [10/Oct/2026:13:25:15 +0000] "GET /api/cart HTTP/1.1" 404 1534'

  test.each([
    ['[ip, user, time, request, status, bytes]', true],
    ['[ip, user, time, request, status]', false],
    ['[]', true],
    ['[ip, ..., bytes]', true],
    ['[..., status = 4*, bytes]', true],
    ['[..., status = 5*, bytes]', false],
    ['[..., status = 404, bytes > 1000]', true],
    ['[..., status != 404, bytes]', false],
    ['[..., status = 5* || status = 404, bytes]', true],
    ['[ip, user = frank && user != "anna", ...]', true],
    ['[ip, user, time, request = "GET /api/*", ...]', true],
    ['[ip, user, time, request = %cart|order%, ...]', true],
    ['[..., (bytes > 2000 || bytes < 1000)]', false],
  ])('%s: %s', (pattern, expected) => {
    expect(filterPattern(pattern)(line)).toBe(expected)
  })
})

describe('JSON', () => {
  const message = JSON.stringify({
    level: 'error',
    status: 502,
    path: '/api/cart',
    user: { id: 7, tags: ['new', 'eu'] },
    'trace-id': 'abc',
    cached: false,
    note: null,
  })

  test.each([
    ['{ $.level = "error" }', true],
    ['{ $.level = error }', true],
    ['{ $.level = "err" }', false],
    ['{ $.level = "err*" }', true],
    ['{ $.path = "*/cart" }', true],
    ['{ $.path = "/api.cart" }', false],
    ['{ $.path = "/a*i*c*t" }', true],
    ['{ $.path = "/api/cart*cart" }', false],
    ['{ $.level = %^err% }', true],
    ['{ $.level != %^err% }', false],
    ['{ $.level != "error" }', false],
    ['{ $.level != "info" }', true],
    ['{ $.absent != "info" }', false],
    ['{ $.status = 502 }', true],
    ['{ $.status > 501 }', true],
    ['{ $.status > 502 }', false],
    ['{ $.status >= 502 }', true],
    ['{ $.status < 502 }', false],
    ['{ $.status <= 502 }', true],
    ['{ $.user.id = 7 }', true],
    ['{ $.user.tags[1] = "eu" }', true],
    ['{ $.trace-id = "abc" }', true],
    ['{ $["trace-id"] = "abc" }', true],
    ['{ $.cached IS FALSE }', true],
    ['{ $.cached IS TRUE }', false],
    ['{ $.note IS NULL }', true],
    ['{ $.note EXISTS }', true],
    ['{ $.absent NOT EXISTS }', true],
    ['{ $.status = 200 || $.level = "error" && $.cached IS TRUE }', false],
    ['{ ($.status = 200 || $.level = "error") && $.cached IS FALSE }', true],
  ])('%s: %s', (pattern, expected) => {
    expect(filterPattern(pattern)(message)).toBe(expected)
  })

  test('never matches a message that is not a JSON object', () => {
    const matches = filterPattern('{ $.a NOT EXISTS }')
    expect(['text', '{half', '[1]', '3'].map(matches)).toEqual([false, false, false, false])
  })
})

test('many wildcards on a long text take no time', () => {
  const matches = filterPattern(`{ $.text = "${'*a'.repeat(300)}*b" }`)
  expect(matches(JSON.stringify({ text: 'a'.repeat(200_000) }))).toBe(false)
})

test('a pattern of more than 1,024 characters is refused', () => {
  expect(() => filterPattern('x'.repeat(1025))).toThrow("at 'filterPattern' failed to satisfy constraint")
})

test.each([
  '[ip, user',
  '[ip user]',
  '[ip > fast]',
  '[..., ip, ...]',
  '{ $.a = %(% }',
  '%ERR R%',
  '%ERR[%',
  '%a% %b% %c%',
  '"open',
  '{ $.a }',
  '{ $.a = }',
  '{ $.a = && }',
  '{ $.a = $.b }',
  '{ $.a ~ 1 }',
  '{ $.a > "x" }',
  '{ a = 1 }',
  '{ ($.a = 1 }',
  '{ $.a = 1',
])('%s is refused', (pattern) => {
  expect(() => filterPattern(pattern)).toThrow('Invalid filter pattern')
})
