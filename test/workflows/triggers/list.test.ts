import { expect, test } from 'vitest'
import type { SeriesQuery } from '../../../src/ports/metrics.ts'
import { listTriggers } from '../../../src/workflows/triggers/list.ts'
import { awsError, failing } from '../calls.ts'
import { canaryWorld } from '../canary.ts'
import { readyFunction } from '../fake-functions.ts'
import { failureOf, start, target, type World, world } from '../world.ts'

const queue = 'arn:aws:sqs:eu-west-1:123456789012:orders'
const stream = 'arn:aws:kinesis:eu-west-1:123456789012:stream/clicks'

function triggered(): World {
  const made = canaryWorld()
  for (const version of ['', ':3'])
    made.functions.state.set(`${target.lambdaName}${version}`, {
      ...readyFunction(target.lambdaName),
      version: version.slice(1) || '$LATEST',
    })
  made.callers.mappings.set('q', { uuid: 'q', source: queue, qualifier: undefined, state: 'Enabled' })
  made.callers.mappings.set('s', { uuid: 's', source: stream, qualifier: 'live', state: 'Disabled' })
  made.callers.grants.push({
    qualifier: '3',
    statement: 'news',
    principal: 'sns.amazonaws.com',
    isOfUrl: false,
    isPlain: true,
  })
  return made
}

const list = (made: World) => listTriggers(made.run, target, { allVersions: false })

test('each trigger has its qualifier, its latest figure, and those past the alias a way to it', async () => {
  const made = triggered()
  const asked: SeriesQuery[] = []
  made.series = (query) => {
    asked.push(query)
    return [
      { time: start - 120_000, value: 9 },
      { time: start - 60_000, value: query.metric === 'IteratorAge' ? 61_000 : 12 },
    ]
  }
  expect(await list(made)).toMatchObject({
    isAliasThere: true,
    triggers: [
      { source: 'SQS queue orders', qualifier: null, way: 'past', waiting: 12 },
      { source: 'sns.amazonaws.com', qualifier: '3', way: 'past' },
      { source: 'Kinesis stream clicks', qualifier: 'live', way: 'alias', iteratorAgeMs: 61_000 },
    ],
    next: [
      'To put them on live: lambdactl triggers point checkout --env prod --all',
      expect.stringContaining('To put a source with a permission on live') as string,
    ],
  })
  expect(asked.map(({ of }) => of)).toEqual([
    { queue: 'orders' },
    { function: 'shop-checkout-prod', qualifier: 'live' },
  ])
  expect(made.changes()).toEqual([])
})

const depth = {
  isFifo: false,
  visibilityTimeoutSeconds: 30,
  retentionSeconds: 345_600,
  waiting: 0,
  inFlight: 2,
  delayed: 0,
}

test('the depth of a queue is what SQS tells now, and CloudWatch is not asked for it', async () => {
  const made = triggered()
  made.queues.set(queue, depth)
  const asked: SeriesQuery[] = []
  made.series = (query) => {
    asked.push(query)
    return []
  }
  const { triggers } = await list(made)
  expect(triggers[0]).toMatchObject({ source: 'SQS queue orders', waiting: 0, inFlight: 2 })
  expect(asked.map(({ metric }) => metric)).toEqual(['IteratorAge'])
})

test('without permission for the queue its depth is that of CloudWatch', async () => {
  const made = triggered()
  made.queues.set(queue, depth)
  made.calls.faults.push(failing('queues.queue', 1, { error: awsError('NOT_PERMITTED', 'No.') }))
  made.series = () => [{ time: start - 60_000, value: 12 }]
  const { triggers, figuresUnknown } = await list(made)
  expect(triggers[0]).toMatchObject({ waiting: 12 })
  expect(triggers[0]).not.toHaveProperty('inFlight')
  expect(figuresUnknown).toBeUndefined()
})

test('a figure that CloudWatch does not have is missing, and not 0', async () => {
  const { triggers } = await list(triggered())
  expect(triggers[0]).not.toHaveProperty('waiting')
})

test('without permission for the metrics the list says so, and has the rest', async () => {
  const made = triggered()
  made.calls.faults.push(failing('metrics.series', 1, { error: awsError('NOT_PERMITTED', 'No.') }))
  expect(await list(made)).toMatchObject({ figuresUnknown: 'No.', triggers: [{}, {}, {}] })
})

test('without the alias, the first step is to make it', async () => {
  const made = triggered()
  made.aliases.state.clear()
  expect(await list(made)).toMatchObject({
    isAliasThere: false,
    next: ['To make the alias live first: lambdactl deploy checkout --env prod'],
  })
})

test("another tool's triggers are not lambdactl's to point", async () => {
  const made = triggered()
  const { next } = await listTriggers(
    made.run,
    { ...target, codeOnly: { provisions: false } },
    { allVersions: false },
  )
  expect(next).toEqual([
    expect.stringContaining(
      'update-event-source-mapping --uuid q --function-name shop-checkout-prod:live',
    ) as string,
    expect.stringContaining('To put a source with a permission on live') as string,
  ])
})

test('a function that is not there is NOT_FOUND', async () => {
  expect(await failureOf(list(world()))).toMatchObject({ code: 'NOT_FOUND' })
})
