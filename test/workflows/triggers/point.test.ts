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

test('a permission that fails stops before the mappings, and the error undoes those before it', async () => {
  const made = three()
  const photos = {
    ...news,
    statement: 'photos',
    principal: 's3.amazonaws.com',
    sourceArn: 'arn:aws:s3:::photos',
  }
  made.callers.grants.push(news, photos)
  made.calls.faults.push(failing('triggers.grant', 2, { error: awsError('AWS_REFUSED', 'No.') }))
  expect(await failureOf(point(made))).toMatchObject({
    code: 'AWS_REFUSED',
    next: [
      'To undo what was done: aws lambda remove-permission --function-name shop-checkout-prod --qualifier live --statement-id news',
    ],
  })
  expect(qualifiers(made)).toEqual([undefined, '3', 'beta'])
})

test('a mapping that somebody deletes meanwhile is told, and not counted as moved', async () => {
  const made = three()
  made.calls.faults.push(before('triggers.point', 1, () => void made.callers.mappings.delete('a')))
  expect(await point(made)).toMatchObject({
    mappings: [{ uuid: 'b' }],
    next: ['SQS queue a (a) does not exist any more: somebody has deleted it'],
    undo: [expect.stringContaining('--uuid b ') as string],
  })
})

test('the only mapping that is on is not given up for a disabled one on the alias', async () => {
  const source = 'arn:aws:sqs:eu-west-1:123456789012:q'
  const made = triggered({
    off: { state: 'Disabled', qualifier: 'live', source },
    on: { state: 'Enabled', source },
  })
  const { next } = await point(made)
  expect(next).toEqual([
    'SQS queue q has off on live already, which is disabled, so on stays: if nobody needs off, aws lambda delete-event-source-mapping --uuid off, then run the command again',
  ])
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
