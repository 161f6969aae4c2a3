import { expect, test } from 'vitest'
import type { Grant } from '../../../src/function/attachments/callers.ts'
import { pointTriggers } from '../../../src/workflows/triggers/point.ts'
import { awsError, before, failing } from '../calls.ts'
import { failureOf, target, type World } from '../world.ts'
import { byHand, triggered } from './triggered.ts'

const news: Grant = {
  qualifier: undefined,
  statement: 'news',
  principal: 'sns.amazonaws.com',
  sourceArn: 'arn:aws:sns:eu-west-1:123456789012:news',
  isOfUrl: false,
  isPlain: true,
}
const three = () =>
  triggered({
    a: { state: 'Enabled' },
    b: { state: 'Disabled', qualifier: '3' },
    c: { state: 'Enabled', qualifier: 'beta' },
  })
const point = (made: World, wanted: 'all' | string[] = 'all', dryRun = false) =>
  pointTriggers(made.run, target, { wanted, dryRun })
const qualifiers = ({ callers }: World) => [...callers.mappings.values()].map(({ qualifier }) => qualifier)

test('moves what goes past the alias, leaves its state, and prints the way back', async () => {
  const made = three()
  expect(await point(made)).toMatchObject({
    mappings: [
      { source: 'SQS queue a', from: null },
      { source: 'SQS queue b', from: '3' },
    ],
    undo: [
      'aws lambda update-event-source-mapping --uuid a --function-name shop-checkout-prod',
      'aws lambda update-event-source-mapping --uuid b --function-name shop-checkout-prod:3',
    ],
  })
  expect(qualifiers(made)).toEqual(['live', 'live', 'beta'])
  expect(made.callers.mappings.get('b')?.state).toBe('Disabled')
  expect(await point(made)).toMatchObject({ mappings: [], undo: [] })
})

test('lets the service invoke the alias too, and says where its owner names the target', async () => {
  const made = triggered({})
  made.callers.grants.push(news, { ...news, statement: 'all', principal: '*' })
  const { permissions, next, undo } = await point(made)
  expect(permissions).toEqual([{ statement: 'news', source: 'SNS topic news', from: null }])
  expect(next).toEqual([
    expect.stringMatching(
      /^For SNS topic news: name arn:\S+:live as the endpoint of its subscription, then remove statement news of the function$/,
    ) as string,
    expect.stringContaining('To put a source with a permission on live') as string,
  ])
  expect(undo).toEqual([
    'aws lambda remove-permission --function-name shop-checkout-prod --qualifier live --statement-id news',
  ])
  expect(made.callers.grants.map(({ qualifier, principal }) => [qualifier, principal])).toEqual([
    [undefined, 'sns.amazonaws.com'],
    [undefined, '*'],
    ['live', 'sns.amazonaws.com'],
  ])
})

test('waits while Lambda is changing a mapping', async () => {
  const made = triggered({ a: { state: 'Creating' } })
  made.calls.faults.push(before('triggers.point', 3, () => byHand(made, 'a', { state: 'Enabled' })))
  await point(made)
  expect(qualifiers(made)).toEqual(['live'])
})

test('one that fails does not stop the others, and the error undoes what was done', async () => {
  const made = three()
  made.calls.faults.push(failing('triggers.point', 1, { error: awsError('AWS_REFUSED', 'No.') }))
  expect(await failureOf(point(made))).toMatchObject({
    code: 'UPDATE_FAILED',
    next: [
      expect.any(String) as string,
      'To undo what was done: aws lambda update-event-source-mapping --uuid b --function-name shop-checkout-prod:3',
    ],
  })
  expect(qualifiers(made)).toEqual([undefined, 'live', 'beta'])
})

test('an unknown id, or no alias, changes nothing', async () => {
  const made = three()
  const unknown = await failureOf(point(made, ['a', 'x']))
  expect(unknown.message).toBe('shop-checkout-prod has no event source mapping x; nothing was changed.')
  expect(unknown).toMatchObject({
    code: 'NOT_FOUND',
  })
  made.aliases.state.clear()
  expect(await failureOf(point(made))).toMatchObject({
    code: 'NOT_FOUND',
    next: ['To make it: lambdactl deploy checkout --env prod'],
  })
  expect(made.changes()).toEqual([])
})

test('a dry run says what would move', async () => {
  const made = three()
  expect(await point(made, ['c'], true)).toMatchObject({
    mappings: [{ uuid: 'c', from: 'beta' }],
    dryRun: true,
  })
  expect(made.changes()).toEqual([])
})

test("another tool's triggers are refused, with the text for that tool", async () => {
  const made = three()
  const others = { ...target, codeOnly: { provisions: false } }
  expect(await failureOf(pointTriggers(made.run, others, { wanted: 'all', dryRun: false }))).toMatchObject({
    code: 'USAGE',
    next: [
      expect.any(String) as string,
      expect.stringContaining('To put an event source mapping on live') as string,
    ],
  })
  expect(made.changes()).toEqual([])
})
