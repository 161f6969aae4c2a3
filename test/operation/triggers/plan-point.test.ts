import { expect, test } from 'vitest'
import type { Grant, Mapping } from '../../../src/function/attachments/callers.ts'
import { planPoint } from '../../../src/operation/triggers/plan-point.ts'

const mapping = (uuid: string, qualifier?: string, queue = uuid): Mapping => ({
  uuid,
  source: `arn:aws:sqs:eu-west-1:123456789012:${queue}`,
  qualifier,
  state: 'Enabled',
})
const grant = (statement: string, changed: Partial<Grant> = {}): Grant => ({
  qualifier: undefined,
  statement,
  principal: 'sns.amazonaws.com',
  sourceArn: `arn:aws:sns:eu-west-1:123456789012:${statement}`,
  isOfUrl: false,
  isPlain: true,
  ...changed,
})
const plan = (mappings: Mapping[], grants: Grant[], wanted: 'all' | string[] = 'all') =>
  planPoint({ mappings, grants }, 'live', wanted)

test('all means the mappings of the function and its versions, not those of another alias', () => {
  const { move } = plan([mapping('a'), mapping('b', '7'), mapping('c', 'live'), mapping('d', 'beta')], [])
  expect(move.map(({ uuid }) => uuid)).toEqual(['a', 'b'])
})

test('a mapping of another alias moves by its id, and one on the alias stays', () => {
  const { move, there, unknown, add } = plan(
    [mapping('c', 'live'), mapping('d', 'beta')],
    [grant('news')],
    ['c', 'd', 'e'],
  )
  expect([move, there].map((list) => list.map(({ uuid }) => uuid))).toEqual([['d'], ['c']])
  expect({ unknown, add }).toEqual({ unknown: ['e'], add: [] })
})

test('a source invokes the alias once: a second mapping of it stays', () => {
  const { move, twins } = plan(
    [mapping('a', 'live', 'q'), mapping('b', undefined, 'q'), mapping('c', '1', 'r'), mapping('d', '2', 'r')],
    [],
  )
  expect(move.map(({ uuid }) => uuid)).toEqual(['c'])
  expect(twins.map(({ mapping: { uuid }, other }) => [uuid, other.uuid])).toEqual([
    ['b', 'a'],
    ['d', 'c'],
  ])
})

test('a mapping that Lambda is deleting from the alias is no second one', () => {
  const { move, twins } = plan(
    [{ ...mapping('a', 'live', 'q'), state: 'Deleting' }, mapping('b', '1', 'q')],
    [],
  )
  expect(move.map(({ uuid }) => uuid)).toEqual(['b'])
  expect(twins).toEqual([])
})

test("a service's permission for a source is added once, unless the alias has it", () => {
  const { add, byHand } = plan(
    [],
    [
      grant('news'),
      grant('news', { qualifier: '3' }),
      grant('photos', { principal: 's3.amazonaws.com', sourceArn: 'arn:aws:s3:::photos' }),
      grant('photos-live', {
        qualifier: 'live',
        principal: 's3.amazonaws.com',
        sourceArn: 'arn:aws:s3:::photos',
      }),
    ],
  )
  expect(add.map(({ statement }) => statement)).toEqual(['news'])
  expect(byHand).toEqual([])
})

test('a permission of the alias with more conditions lets in fewer callers, so the plain one is added', () => {
  const narrow = grant('narrow', {
    qualifier: 'live',
    sourceArn: grant('news').sourceArn ?? '',
    isPlain: false,
  })
  expect(plan([], [grant('news'), narrow]).add.map(({ statement }) => statement)).toEqual(['news'])
})

test.each([
  ['of everybody', { principal: '*' }],
  ['of an account', { principal: 'arn:aws:iam::210987654321:root' }],
  ['of a service for any source', { sourceArn: '*' }],
  ['with more conditions', { isPlain: false }],
])('a permission %s is not copied: a person decides', (_, changed) => {
  const { add, byHand } = plan([], [grant('x', changed)])
  expect(add).toEqual([])
  expect(byHand).toHaveLength(1)
})

test('a statement id that the alias has for another source is left to a person', () => {
  const { add, byHand } = plan(
    [],
    [grant('x'), grant('x', { qualifier: 'live', sourceArn: 'arn:aws:sns:eu-west-1:1:y' })],
  )
  expect([add.length, byHand.length]).toEqual([0, 1])
})

test('the permission of a URL is not copied: the alias has a URL of its own', () => {
  expect(plan([], [grant('url', { isOfUrl: true })])).toMatchObject({ add: [], byHand: [] })
})
