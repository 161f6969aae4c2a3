import { expect, test } from 'vitest'
import { exampleOf } from '../../../src/sandbox/event-patterns/example.ts'

test.each<[object, object | undefined]>([
  [
    { source: ['shop', 'other'], detail: { n: [7] } },
    { source: 'shop', detail: { n: 7 } },
  ],
  [
    { a: [{ prefix: 'x' }], b: [{ suffix: { 'equals-ignore-case': '.csv' } }] },
    { a: 'x', b: '.csv' },
  ],
  [
    { a: [{ numeric: ['>', 5] }], b: [{ numeric: ['>=', 2, '<', 4] }], c: [{ numeric: ['<', 0] }] },
    { a: 6, b: 3, c: -1 },
  ],
  [{ a: [{ exists: false }], b: [{ exists: true }] }, { b: 'sample' }],
  [
    { a: [{ 'anything-but': ['x'] }], b: [{ cidr: '10.0.0.0/8' }] },
    { a: 'sample', b: '10.0.0.0' },
  ],
  [{ a: [{ wildcard: 'in/*.csv' }] }, { a: 'in/sample.csv' }],
  [{ $or: [{ a: [1] }, { b: [2] }] }, { a: 1 }],
  [{ a: [{ 'anything-but': ['sample'] }] }, undefined],
])('%j has an example', (pattern, example) => {
  expect(exampleOf(JSON.stringify(pattern))).toEqual(example)
})
