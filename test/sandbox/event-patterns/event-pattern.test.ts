import { expect, test } from 'vitest'
import { eventPattern } from '../../../src/sandbox/event-patterns/event-pattern.ts'

const event = {
  source: 'shop.orders',
  detail: {
    state: 'paid',
    total: 12.5,
    express: false,
    note: null,
    tags: ['new', 'eu'],
    lines: [{ sku: 'a1', count: 2 }, { sku: 'b2' }],
    client: '10.0.0.7',
    path: 'a*b/c.json',
  },
}

const detail = (wanted: object) => ({ detail: wanted })

test.each<[object, boolean]>([
  [{}, true],
  [{ source: ['shop.orders'] }, true],
  [{ source: ['other', 'shop.orders'], ...detail({ state: ['paid'] }) }, true],
  [{ source: ['shop.orders'], ...detail({ state: ['open'] }) }, false],
  [detail({ total: [12.5] }), true],
  [detail({ total: ['12.5'] }), false],
  [detail({ express: [false], note: [null] }), true],
  [detail({ tags: ['eu'] }), true],
  [detail({ tags: ['us'] }), false],
  [detail({ lines: { sku: ['b2'] } }), true],
  [detail({ lines: { sku: ['b2'], count: [2] } }), false],
  [detail({ state: [{ prefix: 'pa' }] }), true],
  [detail({ state: [{ prefix: { 'equals-ignore-case': 'PA' } }] }), true],
  [detail({ state: [{ suffix: 'id' }] }), true],
  [detail({ state: [{ suffix: 'di' }] }), false],
  [detail({ state: [{ 'equals-ignore-case': 'PAID' }] }), true],
  [detail({ state: [{ 'anything-but': 'paid' }] }), false],
  [detail({ state: [{ 'anything-but': ['open', 'sent'] }] }), true],
  [detail({ state: [{ 'anything-but': { prefix: ['o', 'p'] } }] }), false],
  [detail({ absent: [{ 'anything-but': 'x' }] }), false],
  [detail({ absent: [{ exists: false }] }), true],
  [detail({ absent: { deeper: [{ exists: false }] } }), true],
  [detail({ note: [{ exists: true }] }), true],
  [{ detail: [{ exists: true }] }, false],
  [detail({ total: [{ numeric: ['>', 10, '<=', 12.5] }] }), true],
  [detail({ total: [{ numeric: ['>', 12.5] }] }), false],
  [detail({ state: [{ numeric: ['=', 1] }] }), false],
  [detail({ client: [{ cidr: '10.0.0.0/24' }] }), true],
  [detail({ client: [{ cidr: '10.0.1.0/24' }] }), false],
  [detail({ path: [{ wildcard: 'a\\*b/*.json' }] }), true],
  [detail({ path: [{ wildcard: 'x*' }] }), false],
  [{ $or: [{ source: ['x'] }, detail({ state: ['paid'] })] }, true],
  [{ source: ['shop.orders'], $or: [{ source: ['x'] }, detail({ state: ['open'] })] }, false],
])('%j fits the event: %j', (pattern, fits) => {
  expect(eventPattern(JSON.stringify(pattern))(event)).toBe(fits)
})

test.each([
  'no JSON',
  '[]',
  '"text"',
  '{"a": "text"}',
  '{"a": []}',
  '{"a": [{"near": "x"}]}',
  '{"a": [{"prefix": 1}]}',
  '{"a": [{"numeric": ["<"]}]}',
  '{"a": [{"numeric": ["~", 1]}]}',
  '{"a": [{"cidr": "ten"}]}',
  '{"a": [{"exists": "yes"}]}',
  '{"a": [{"wildcard": "x**"}]}',
  '{"a": [[1]]}',
  '{"$or": []}',
])('%s is no pattern', (text) => {
  expect(() => eventPattern(text)).toThrow(expect.objectContaining({ name: 'InvalidPattern' }))
})
