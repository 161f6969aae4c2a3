import { expect, test } from 'vitest'
import { digestOfId } from '../../../src/logs/following/digest.ts'
import { numberSet } from '../../../src/logs/following/number-set.ts'

test('each number is new once, also among those that share a place', () => {
  const set = numberSet()
  const numbers = Array.from({ length: 1000 }, (_, at) => (at % 2 === 0 ? at + 1 : (at + 1) * 2 ** 32))
  expect(numbers.filter((number) => set.add(number))).toEqual(numbers)
  expect(numbers.filter((number) => set.add(number))).toEqual([])
  expect(set.size).toBe(1000)
})

test('ids that differ in one digit have different digests, and the same id has the same', () => {
  const ids = Array.from({ length: 100_000 }, (_, at) => `39840001763${String(at).padStart(45, '0')}`)
  expect(new Set(ids.map(digestOfId)).size).toBe(ids.length)
  expect(ids.map(digestOfId)).toEqual(ids.map(digestOfId))
})
