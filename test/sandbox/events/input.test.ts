import { expect, test } from 'vitest'
import { busEvent } from '../../../src/sandbox/events/rules/event.ts'
import { inputFor } from '../../../src/sandbox/events/rules/input.ts'
import type { RuleTarget } from '../../../src/sandbox/events/rules/records.ts'

const event = busEvent(
  { region: 'eu-west-1', account: '000000000000' },
  {
    source: 'shop',
    detailType: 'Order placed',
    detail: { id: 7, note: 'a "b"', lines: [{ sku: 'a1' }], 'order-key': 'k' },
  },
  0,
)
const rule = { arn: 'arn:aws:events:eu-west-1:000000000000:rule/placed', name: 'placed' }
const input = (target: Partial<RuleTarget>) => inputFor(rule, { Id: '1', Arn: 'arn', ...target }, event, 1500)
const transformed = (InputTemplate: string) =>
  input({
    InputTransformer: {
      InputPathsMap: {
        id: '$.detail.id',
        note: '$.detail.note',
        sku: '$.detail.lines[0].sku',
        key: '$.detail.order-key',
        kind: '$.detail-type',
        lines: '$.detail.lines',
        none: '$.detail.absent.deeper',
      },
      InputTemplate,
    },
  })

test('a target gets the event, a part of it, or a fixed input', () => {
  expect(JSON.parse(input({}))).toEqual({
    version: '0',
    id: event.id,
    'detail-type': 'Order placed',
    source: 'shop',
    account: '000000000000',
    time: '1970-01-01T00:00:00Z',
    region: 'eu-west-1',
    resources: [],
    detail: { id: 7, note: 'a "b"', lines: [{ sku: 'a1' }], 'order-key': 'k' },
  })
  expect(input({ InputPath: '$.detail.lines[0]' })).toBe('{"sku":"a1"}')
  expect(input({ InputPath: '$.detail-type' })).toBe('"Order placed"')
  expect(input({ Input: '{"fixed": true}' })).toBe('{"fixed": true}')
})

test.each([
  ['{"id": <id>, "sku": <sku>, "lines": <lines>}', '{"id": 7, "sku": "a1", "lines": [{"sku":"a1"}]}'],
  ['{"text": "<kind>: <note> of \\"<key>\\""}', '{"text": "Order placed: a \\"b\\" of \\"k\\""}'],
  ['"order <id>"', '"order 7"'],
  ['order <id> of <sku> <other>', 'order 7 of a1 <other>'],
  ['{"none": <none>, "text": "<none>"}', '{"none": "", "text": ""}'],
  [
    '{"rule": "<aws.events.rule-name>", "arn": <aws.events.rule-arn>, "at": <aws.events.event.ingestion-time>}',
    `{"rule": "placed", "arn": "${rule.arn}", "at": "1970-01-01T00:00:01.500Z"}`,
  ],
])('the template %s gives %s', (template, text) => {
  expect(transformed(template)).toBe(text)
})

test('a template has the whole event, with its detail and without', () => {
  expect(JSON.parse(transformed('{"all": <aws.events.event.json>, "head": <aws.events.event>}'))).toEqual({
    all: event,
    head: { ...event, detail: undefined },
  })
})
