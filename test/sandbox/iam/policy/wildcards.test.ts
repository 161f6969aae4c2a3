import { expect, test } from 'vitest'
import { matchesPattern } from '../../../../src/sandbox/iam/policy/wildcards.ts'

test.each([
  ['s3:GetObject', 's3:Get*', true],
  ['s3:GetObject', '*', true],
  ['s3:GetObject', 's3:Put*', false],
  ['a/b/c', 'a/*/c', true],
  ['a/b/d', 'a/*/c', false],
  ['abc', 'a?c', true],
  ['ac', 'a?c', false],
  ['', '*', true],
  ['abab', '*ab', true],
  ['a.c', 'a[.]c', false],
])('%s against %s is %s', (text, pattern, matches) => {
  expect(matchesPattern(text, pattern)).toBe(matches)
})
