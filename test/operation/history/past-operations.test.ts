import { expect, test } from 'vitest'
import { pastOperations } from '../../../src/operation/history/past-operations.ts'

const by = 'arn:aws:iam::123456789012:user/ada'
const of = (release: string, time: number, entry: object) => ({
  release,
  time,
  function: 'checkout',
  lambdaName: 'shop',
  ...entry,
})
const stops = (time: number, entry: object) => of('stops/shop', time, entry)
const pauses = (time: number, entry: object) => of('pauses/shop', time, entry)
const operations = (time: number, entry: object) => of('operations/shop', time, entry)
const before = { reserved: null, provisioned: [] }
const mappings = [{ uuid: '1', source: 'SQS queue orders' }]

test('stops, pauses and other operations of a function are one list', () => {
  const found = pastOperations(
    [
      stops(1, { kind: 'stopping', reason: 'it loops', by, before }),
      stops(2, { kind: 'stopped', by }),
      pauses(3, { kind: 'pausing', reason: 'full', mappings }),
      pauses(4, { kind: 'paused' }),
      operations(5, { kind: 'reserved', from: null, to: 10, by, actor: { name: 'octocat' } }),
      pauses(6, { kind: 'resumed', by }),
      stops(7, { kind: 'started', by }),
    ],
    'shop',
  )
  expect(found).toEqual([
    { kind: 'stop', function: 'checkout', started: 1, ended: 2, by, reason: 'it loops', before },
    { kind: 'pause', function: 'checkout', started: 3, ended: 4, by: undefined, reason: 'full', mappings },
    {
      kind: 'reserve',
      function: 'checkout',
      started: 5,
      ended: 5,
      by,
      actor: { name: 'octocat' },
      from: null,
      to: 10,
    },
    { kind: 'resume', function: 'checkout', started: 6, ended: 6, by },
    { kind: 'start', function: 'checkout', started: 7, ended: 7, by },
  ])
})

test('two prunes at once each get their own end, and one that was cut off has none', () => {
  const planned = { versions: 3, bytes: 300 }
  const others = { failed: 1, left: 0, spared: 0 }
  const found = pastOperations(
    [
      operations(1, { kind: 'pruning', ...planned }),
      operations(2, { kind: 'pruning', ...planned }),
      operations(3, { kind: 'pruned', began: 1, versions: 2, bytes: 200, ...others }),
    ],
    'shop',
  )
  expect(found).toMatchObject([
    { kind: 'prune', started: 1, ended: 3, planned, deleted: { versions: 2, bytes: 200 }, failed: 1 },
    { kind: 'prune', started: 2, ended: undefined, planned },
  ])
  expect(found[1]).not.toHaveProperty('deleted')
})

test('lines of other functions, of releases, and of another shape are passed over', () => {
  const found = pastOperations(
    [
      of('k3f9q2ab', 1, { kind: 'resumed' }),
      { ...operations(2, { kind: 'reserved', from: 1, to: 2 }), lambdaName: 'other' },
      operations(3, { kind: 'reserved', from: 'many', to: 2 }),
      operations(4, { kind: 'of a later version' }),
      operations(5, { kind: 'pruned', began: 0, versions: 1, bytes: 1, failed: 0, left: 0, spared: 0 }),
      { time: 6, release: 7 },
    ],
    'shop',
  )
  expect(found).toEqual([])
})
