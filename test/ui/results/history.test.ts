import { expect, test, vi } from 'vitest'
import { historyText } from '../../../src/ui/results/history/history.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const release = {
  kind: 'release',
  id: 'k3f9',
  function: 'checkout',
  strategy: 'canary',
  candidate: '4',
  from: '3',
  outcome: 'rolled-back',
  reason: 'alarm errors\nis in ALARM',
  started: Date.parse('2026-11-21T10:00:00.000Z'),
  ended: Date.parse('2026-11-21T10:05:00.400Z'),
  by: 'arn:aws:sts::123456789012:assumed-role/ci/run-7',
  commit: 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00',
  breakglass: undefined,
  acts: [],
} as const

test('a release is a line, and its reason one below it', () => {
  expect(historyText('checkout', [release], Infinity)).toBe(
    [
      'checkout',
      '  2026-11-21 10:00:00Z  k3f9  canary  3 → 4  rolled-back  in 5 min  by assumed-role/ci/run-7  commit c0ffee00c0ff',
      '    alarm errors is in ALARM',
    ].join('\n'),
  )
})

test('a rollback has no duration, since it is one call', () => {
  const rollback = { ...release, strategy: 'rollback', ended: release.started, reason: undefined } as const
  expect(historyText('checkout', [rollback], Infinity)).not.toMatch(/ in \d/)
})

test('a release that went past its gates says why', () => {
  expect(
    historyText('checkout', [{ ...release, breakglass: 'incident\n42' }], Infinity)
      .split('\n')
      .slice(2),
  ).toEqual(['    breakglass: incident 42', '    alarm errors is in ALARM'])
})

test('who decided about it is told in order, and what they say of themselves as such', () => {
  const by = 'arn:aws:iam::123456789012:user/ada'
  const url = 'https://github.com/acme/shop/actions/runs/7'
  const acts = [
    { time: release.started + 60_000, did: 'paused', by, reason: 'lunch' },
    { time: release.started + 120_000, did: 'approved', by, actor: { name: 'grace', url } },
    { time: release.started + 180_000, did: 'promoted' },
  ] as const
  const actor = { name: 'octocat', url }
  expect(
    historyText('checkout', [{ ...release, reason: undefined, actor, acts: [...acts] }], Infinity)
      .split('\n')
      .slice(2),
  ).toEqual([
    `    says it acts for octocat, ${url}`,
    '    10:01:00Z  paused by user/ada: lunch',
    `    10:02:00Z  approved by user/ada, says it acts for grace, ${url}`,
    '    10:03:00Z  promoted',
  ])
})

test('what is not known is left out', () => {
  const bare = {
    ...release,
    from: undefined,
    reason: undefined,
    ended: undefined,
    by: undefined,
    commit: undefined,
  }
  expect(historyText('checkout', [{ ...bare, outcome: 'in progress' }], Infinity)).toBe(
    'checkout\n  2026-11-21 10:00:00Z  k3f9  canary  4  in progress',
  )
})

test('nothing in this time', () => {
  expect(historyText('checkout', [], Infinity)).toBe('checkout\n  no release or other operation in this time')
})
