import { expect, test } from 'vitest'
import { checkFilterPolicy, filteredOut } from '../../../src/sandbox/sns/topics/filter-policy.ts'

const message = {
  id: 'm',
  textFor: () => '{"order": {"total": 12.5, "lines": [{"sku": "a1"}]}}',
  subject: undefined,
  publishedAt: 0,
  attributes: {
    kind: { type: 'String', text: 'order' },
    total: { type: 'Number', text: '12.50' },
    tags: { type: 'String.Array', text: '["new", 7, true]' },
    client: { type: 'String', text: '10.0.0.7' },
    bytes: { type: 'Binary', binary: 'AA==' },
  },
}

const reason = (
  policy: object,
  FilterPolicyScope = 'MessageAttributes',
  given: Partial<typeof message> = {},
) =>
  filteredOut(
    { protocol: 'sqs', attributes: { FilterPolicy: JSON.stringify(policy), FilterPolicyScope } },
    { ...message, ...given },
  )

test.each<[object, boolean]>([
  [{ kind: ['order', 'return'] }, true],
  [{ kind: ['return'] }, false],
  [{ kind: ['order'], total: [{ numeric: ['>', 10, '<=', 12.5] }] }, true],
  [{ total: [12.5] }, true],
  [{ total: ['12.50'] }, false],
  [{ tags: ['new'] }, true],
  [{ tags: [7] }, true],
  [{ tags: [true] }, true],
  [{ tags: [8] }, false],
  [{ kind: [{ 'anything-but': ['return'] }] }, true],
  [{ absent: [{ 'anything-but': ['return'] }] }, false],
  [{ absent: [{ exists: false }] }, true],
  [{ bytes: [{ exists: true }] }, false],
  [{ kind: [{ prefix: 'or' }] }, true],
  [{ kind: [{ suffix: 'or' }] }, false],
  [{ kind: [{ 'equals-ignore-case': 'ORDER' }] }, true],
  [{ client: [{ cidr: '10.0.0.0/24' }] }, true],
  [{ $or: [{ kind: ['return'] }, { total: [{ numeric: ['<', 20] }] }] }, true],
])('the attributes of a message fit %j: %j', (policy, fits) => {
  expect(reason(policy)).toBe(fits ? undefined : 'MessageAttributes')
})

test('the body of a message is filtered by its fields, and a message says why it is filtered out', () => {
  const wanted = { order: { lines: { sku: ['a1'] }, total: [{ numeric: ['<', 20] }] } }
  expect(reason(wanted, 'MessageBody')).toBeUndefined()
  expect(reason({ order: { total: [1] } }, 'MessageBody')).toBe('MessageBody')
  expect(reason({}, 'MessageBody', { textFor: () => 'no JSON' })).toBe('InvalidMessageBody')
  expect(reason({ kind: ['order'] }, 'MessageAttributes', { attributes: {} as never })).toBe(
    'NoMessageAttributes',
  )
})

test.each<[object, string]>([
  [{ FilterPolicy: '{"a": "b"}' }, 'must be a value or an object'],
  [{ FilterPolicy: '[]' }, 'failed to parse JSON'],
  [{ FilterPolicy: '{"a": [{"wildcard": "x*"}]}' }, 'Unrecognized match type wildcard'],
  [{ FilterPolicy: '{"a": [{"other": 1}]}' }, 'Unrecognized match type other'],
  [{ FilterPolicy: '{"a": {"b": [1]}}' }, 'does not support nested filter policy'],
  [{ FilterPolicy: '{"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]}' }, 'can not have more than 5 keys'],
  [{ FilterPolicyScope: 'Header' }, 'Invalid value [Header]'],
])('%j is refused', (attributes, text) => {
  expect(() => checkFilterPolicy(attributes as Record<string, string>)).toThrow(text)
})
