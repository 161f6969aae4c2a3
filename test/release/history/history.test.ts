import { expect, test } from 'vitest'
import { pastReleases } from '../../../src/release/history/history.ts'
import { readEntries } from '../../../src/release/journal/entry.ts'

const base = { function: 'checkout', environment: 'prod', lambdaName: 'shop-checkout-prod', alias: 'live' }
const plan = {
  ...base,
  kind: 'plan',
  by: 'arn:aws:iam::123456789012:user/ada',
  plan: { strategy: 'canary', candidate: '4', stable: '3', origin: { commit: 'c0ffee' } },
}
const of = (release: string, time: number, entry: object) => ({ ...base, ...entry, release, time })

const pastOf = (entries: readonly object[]) =>
  pastReleases(readEntries(entries), 'shop-checkout-prod', 'live')

const told = {
  id: 'one',
  function: 'checkout',
  strategy: 'canary',
  candidate: '4',
  from: '3',
  started: 1000,
  by: 'arn:aws:iam::123456789012:user/ada',
  commit: 'c0ffee',
  acts: [],
}

test.each([
  ['done', [{ kind: 'shifted' }, { kind: 'done' }], { outcome: 'done', ended: 3000, reason: undefined }],
  [
    'rolled back, with its reason',
    [{ kind: 'shifted' }, { kind: 'outcome', outcome: 'rolled-back', reason: 'errors' }],
    { outcome: 'rolled-back', ended: 3000, reason: 'errors' },
  ],
  [
    'paused, which is no end',
    [{ kind: 'shifted' }, { kind: 'outcome', outcome: 'paused', reason: 'no data' }],
    { outcome: 'paused', ended: undefined, reason: 'no data' },
  ],
  [
    'gone on after a pause',
    [{ kind: 'outcome', outcome: 'paused', reason: 'no data' }, { kind: 'shifted' }],
    { outcome: 'in progress', ended: undefined, reason: undefined },
  ],
  [
    'left, since something else moved the alias',
    [{ kind: 'shifted' }, { kind: 'outcome', outcome: 'left', reason: 'it moved' }],
    { outcome: 'left', ended: 3000, reason: 'it moved' },
  ],
  [
    'over before its follower saw that',
    [
      { kind: 'outcome', outcome: 'rolled-back', reason: 'errors' },
      { kind: 'outcome', outcome: 'left', reason: 'it moved' },
    ],
    { outcome: 'rolled-back', ended: 2000, reason: 'errors' },
  ],
  [
    'left by a process that died',
    [{ kind: 'shifted' }],
    { outcome: 'in progress', ended: undefined, reason: undefined },
  ],
])('a release that is %s', (_, entries, outcome) => {
  const later = entries.map((entry, index) => of('one', 2000 + index * 1000, entry))
  expect(pastOf([of('one', 1000, plan), ...later])).toEqual([{ ...told, ...outcome }])
})

test('a release that went past its gates says why, if that is text', () => {
  const past = (breakglass: unknown) =>
    pastOf([of('one', 1000, { ...plan, plan: { ...plan.plan, breakglass } })])
  expect(past({ reason: 'incident', firing: [] })).toMatchObject([{ breakglass: 'incident' }])
  expect(past({ reason: 42 })).toEqual(past(undefined))
})

test('a rollback by hand has no plan, and tells what it left', () => {
  const entry = {
    kind: 'outcome',
    outcome: 'rolled-back',
    strategy: 'rollback',
    from: { version: '4' },
    version: '3',
  }
  expect(pastOf([of('two', 5000, entry)])).toMatchObject([
    {
      id: 'two',
      strategy: 'rollback',
      from: '4',
      candidate: '3',
      outcome: 'rolled-back',
      started: 5000,
      ended: 5000,
    },
  ])
})

test('hooks that kept a release from beginning are none, and those of one that did change nothing', () => {
  const hook = { kind: 'hook', point: 'confirm-rollout', outcome: 'fail', reason: 'behind' }
  const entries = [of('none', 500, hook), of('one', 900, hook), of('one', 1000, plan), of('one', 2000, hook)]
  expect(pastOf(entries)).toEqual([{ ...told, outcome: 'in progress', ended: undefined, reason: undefined }])
})

test('the newest is first, and other functions, aliases, strangers and kinds of a later version are passed over', () => {
  const entries = [
    of('one', 1000, plan),
    of('two', 2000, plan),
    of('other', 3000, { ...plan, lambdaName: 'shop-cart-prod' }),
    of('beta', 3000, { ...plan, alias: 'beta' }),
    { time: 4000, hello: 'world' },
    of('odd', 4000, { kind: 'plan', plan: null }),
    of('later', 5000, { kind: 'wave', plan: plan.plan }),
  ]
  const ids = pastOf(entries).map(({ id }) => id)
  expect(ids).toEqual(['odd', 'two', 'one'])
})

const rollback = { kind: 'outcome', outcome: 'rolled-back', strategy: 'rollback', version: '3', ended: 'one' }

test('a rollback by hand ends the release that was in progress, with its reason', () => {
  const entries = [
    of('one', 1000, plan),
    of('one', 2000, { kind: 'shifted' }),
    of('two', 3000, { ...rollback, reason: 'nobody ran it' }),
  ]
  expect(pastOf(entries)).toMatchObject([
    { id: 'two', outcome: 'rolled-back' },
    { id: 'one', outcome: 'rolled-back', ended: 3000, reason: 'nobody ran it' },
  ])
})

test('a release that was over already stays as it ended', () => {
  const entries = [of('one', 1000, plan), of('one', 2000, { kind: 'done' }), of('two', 3000, rollback)]
  expect(pastOf(entries)[1]).toMatchObject({
    outcome: 'done',
    ended: 2000,
  })
})
