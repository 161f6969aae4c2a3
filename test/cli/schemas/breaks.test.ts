import { describe, expect, test } from 'vitest'
import { breaks, type Side } from '../../../scripts/schemas/breaks.ts'
import type { Schema, WholeSchema } from '../../../scripts/schemas/schema.ts'

const text = { type: 'string' }
const object = (properties: Record<string, Schema>, ...required: string[]): WholeSchema => ({
  type: 'object',
  properties,
  required,
})
const event = (name: string, more: Record<string, Schema> = {}) =>
  object({ event: { const: name }, ...more }, 'event')

const cases: [change: string, side: Side, before: WholeSchema, now: WholeSchema, expected: string[]][] = [
  ['a field more', 'output', object({ a: text }), object({ a: text, b: text }, 'b'), []],
  ['a field less', 'output', object({ a: text }), object({ b: text }), ['a is gone']],
  [
    'a field that may be missing',
    'output',
    object({ a: text }, 'a'),
    object({ a: text }),
    ['a may be missing now'],
  ],
  ['a field that is always there', 'output', object({ a: text }), object({ a: text }, 'a'), []],
  [
    'another type',
    'output',
    object({ a: text }),
    object({ a: { type: 'number' } }),
    ['a is no string any more', 'a may be number now'],
  ],
  [
    'null beside the type',
    'output',
    object({ a: text }),
    object({ a: { anyOf: [text, { type: 'null' }] } }),
    ['a may be null now'],
  ],
  ['a value more', 'output', object({ a: { enum: ['x'] } }), object({ a: { enum: ['x', 'y'] } }), []],
  [
    'a value beside the only one',
    'output',
    object({ a: { const: 'x' } }, 'a'),
    object({ a: { enum: ['x', 'y'] } }, 'a'),
    [],
  ],
  [
    'a value less',
    'output',
    object({ a: { enum: ['x', 'y'] } }),
    object({ a: { enum: ['x'] } }),
    ['a has no "y" any more'],
  ],
  ['an event more', 'output', { anyOf: [event('a')] }, { anyOf: [event('a'), event('b')] }, []],
  [
    'an event less',
    'output',
    { anyOf: [event('a'), event('b')] },
    { anyOf: [event('b')] },
    ['the whole is no object with event "a" any more'],
  ],
  [
    'a field less in one of two events',
    'output',
    { anyOf: [event('a', { n: text }), event('b', { n: text })] },
    { anyOf: [event('a'), event('b', { n: text })] },
    ['(event "a").n is gone'],
  ],
  [
    'a field less within a list of a definition',
    'output',
    {
      ...object({ list: { type: 'array', items: { $ref: '#/$defs/Of' } } }),
      $defs: { Of: object({ a: text }) },
    },
    { ...object({ list: { type: 'array', items: { $ref: '#/$defs/New' } } }), $defs: { New: object({}) } },
    ['list[].a is gone'],
  ],
  [
    'a type that contains itself',
    'output',
    { $ref: '#/$defs/Of', $defs: { Of: object({ of: { $ref: '#/$defs/Of' }, a: text }) } },
    { $ref: '#/$defs/Of', $defs: { Of: object({ of: { $ref: '#/$defs/Of' } }) } },
    ['a is gone'],
  ],
  [
    'another type of fields with any name',
    'output',
    { type: 'object', additionalProperties: text },
    { type: 'object', additionalProperties: { type: 'number' } },
    ['.* is no string any more', '.* may be number now'],
  ],
  [
    'a field that has to be given',
    'input',
    object({ a: text }),
    object({ a: text, b: text }, 'b'),
    ['b is required now'],
  ],
  ['a field that may be left out', 'input', object({ a: text }, 'a'), object({ a: text }), []],
  ['one more type', 'input', object({ a: text }), object({ a: { anyOf: [text, { type: 'number' }] } }), []],
  [
    'only some values',
    'input',
    object({ a: text }),
    object({ a: { enum: ['x'] } }),
    ['a has only some values now'],
  ],
  [
    'a field less where no other is accepted',
    'input',
    object({ a: text }),
    { ...object({}), additionalProperties: false },
    ['a is gone'],
  ],
]

describe('what breaks for those who wrote for an earlier schema', () => {
  test.each(cases)('%s (%s)', (_, side, before, now, expected) => {
    expect(breaks(before, now, side)).toEqual(expected)
  })
})
