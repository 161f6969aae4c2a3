import { expect, test } from 'vitest'
import type { ErrorCode } from '../../src/errors/codes.ts'
import { asLambdactlError, LambdactlError } from '../../src/errors/error.ts'
import { asOneError } from '../../src/errors/worst.ts'

const failure = (name: string, code: ErrorCode) => ({
  function: name,
  error: new LambdactlError(code, `${name} came to ${code}.`, { next: ['Look.', name] }),
})

test('one failure is itself, with its function where there were more; none is none', () => {
  const one = failure('cart', 'CONFLICT')
  const { code, message, next } = one.error
  expect(asOneError([one], 1)).toMatchObject({ code, message, next, failures: [one] })
  expect(asOneError([one], 5)).toMatchObject({ code, message: `cart: ${message}`, next, failures: [one] })
  const interrupted = failure('cart', 'INTERRUPTED')
  expect(asOneError([interrupted], 5)).toBe(interrupted.error)
  expect(asOneError([], 5)).toBeUndefined()
})

test('what all were interrupted with is said once', () => {
  const error = new LambdactlError('INTERRUPTED', 'Interrupted.')
  const all = ['cart', 'search'].map((name) => ({ function: name, error }))
  expect(asOneError(all, 2)).toBe(error)
})

test('where one takes several lines, each begins its own', () => {
  const long = { function: 'cart', error: new LambdactlError('PACKAGE_INVALID', 'Is wrong:\n  line 3') }
  const message = asOneError([long, failure('search', 'CONFLICT')], 2)?.message
  expect(message).toBe(
    '2 of 2 functions failed.\nsearch: search came to CONFLICT.\ncart: Is wrong:\n  line 3',
  )
})

test('several have the code of the worst, name each, and say each next step once', () => {
  const several = asOneError([failure('cart', 'CONFLICT'), failure('search', 'ROLLED_BACK')], 5)
  expect(several).toMatchObject({
    code: 'ROLLED_BACK',
    message: '2 of 5 functions failed. search: search came to ROLLED_BACK. cart: cart came to CONFLICT.',
    next: ['Look.', 'search', 'cart'],
  })
})

test('a full disk is no bug', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  expect(asLambdactlError(full)).toMatchObject({
    kind: 'user',
    message: 'There is no space left on a disk: ENOSPC: no space left on device, write.',
    next: [expect.stringContaining('TMPDIR')],
  })
  expect(asLambdactlError(new Error('other'))).toMatchObject({ kind: 'bug' })
})

test('what several failed with alike is said once, with all their names', () => {
  const error = new LambdactlError('PACKAGE_INVALID', 'The build failed.', { next: ['Build.'] })
  const alike = ['cart', 'search'].map((name) => ({ function: name, error }))
  const several = asOneError([...alike, failure('pay', 'CONFLICT')], 3)
  expect(several?.message).toBe(
    '3 of 3 functions failed. pay: pay came to CONFLICT. cart, search: The build failed.',
  )
  expect(several?.failures.map(({ function: name }) => name)).toEqual(['pay', 'cart', 'search'])
})

test.each<[ErrorCode, ErrorCode]>([
  ['ROLLBACK_FAILED', 'BUG'],
  ['BUG', 'ROLLED_BACK'],
  ['ROLLED_BACK', 'PAUSED'],
  ['PAUSED', 'INTERRUPTED'],
  ['INTERRUPTED', 'CONFLICT'],
  ['CONFLICT', 'PREFLIGHT_FAILED'],
  ['UPDATE_FAILED', 'NOT_PERMITTED'],
  ['NOT_PERMITTED', 'NOT_FOUND'],
  ['NOT_FOUND', 'PACKAGE_INVALID'],
])('%s is worse than %s', (worse, better) => {
  expect(asOneError([failure('a', better), failure('b', worse)], 2)?.code).toBe(worse)
})

test('of long messages of many functions each has a few lines, and the whole one in its failure', () => {
  const text = (of: number) =>
    [`Is ${of}:`, ...Array.from({ length: 30 }, (_, at) => `line ${at}`)].join('\n')
  const failures = Array.from({ length: 10 }, (_, at) => ({
    function: `f${at}`,
    error: new LambdactlError('PACKAGE_INVALID', text(at)),
  }))
  const one = asOneError(failures, 10)
  expect(one?.message.split('\n').slice(0, 6)).toEqual([
    '10 of 10 functions failed.',
    'f0: Is 0:',
    'line 0',
    'line 1',
    'line 2',
    'and 27 more',
  ])
  expect(one?.failures[0]?.error.message).toBe(text(0))
})
