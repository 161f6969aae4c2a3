import { describe, expect, test } from 'vitest'
import { formatDuration, parseDuration } from '../../../src/release/values/duration.ts'

describe('parseDuration', () => {
  test.each([
    ['90s', 90_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['500ms', 500],
    ['1m500ms', 60_500],
    ['0s', 0],
    ['48h', 172_800_000],
  ])('reads %s as %i ms', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds)
  })

  test.each([
    '',
    '5',
    'm',
    '5 m',
    '1.5h',
    '-5m',
    '30m1h',
    '5m5m',
    '5M',
    '5d',
    'five',
    '5m ',
    '99999999999999999h',
  ])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeUndefined()
  })
})

describe('formatDuration', () => {
  test.each([
    [0, '0s'],
    [500, '500ms'],
    [90_000, '1m30s'],
    [5_400_000, '1h30m'],
    [3_600_001, '1h1ms'],
    [172_800_000, '48h'],
    [1499.6, '1s500ms'],
    [-90_000, '-1m30s'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text)
  })

  test('writes what parseDuration reads back', () => {
    for (const milliseconds of [1, 999, 1000, 61_001, 3_599_999, 86_399_999]) {
      expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds)
    }
  })
})
