import { expect, test } from 'vitest'
import { hooksIn, looksIn } from '../../../src/release/journal/looks.ts'

test('a look has its verdict, its alarms and its figures', () => {
  const decision = {
    kind: 'decision',
    time: 1000,
    do: 'shift',
    verdict: { outcome: 'pass', reason: 'all alarms are OK' },
    alarms: [{ name: 'errors', arn: 'arn', condition: 'OK', reason: 'fine', since: 500, verdict: 'pass' }],
    comparison: [
      {
        metric: 'error-rate',
        outcome: 'pass',
        minutes: 5,
        candidate: 0.01,
        stable: 0.01,
        ratio: 1,
        interval: { low: 0.2, high: 3 },
        moreInvocations: 0,
      },
    ],
  }
  expect(looksIn([decision])).toEqual([
    {
      time: 1000,
      led: 'shift',
      verdict: decision.verdict,
      alarms: [{ name: 'errors', condition: 'OK', reason: 'fine', since: 500, verdict: 'pass' }],
      comparison: [
        {
          metric: 'error-rate',
          outcome: 'pass',
          minutes: 5,
          candidate: 0.01,
          stable: 0.01,
          ratio: 1,
          interval: { low: 0.2, high: 3 },
        },
      ],
    },
  ])
})

test('parts of another shape are left out, and the rest is read', () => {
  const entries = [
    {
      kind: 'outcome',
      outcome: 'paused',
      time: 1,
      verdict: 'pass',
      alarms: [{ name: 1 }, { name: 'a', condition: 'OK' }],
    },
    {
      kind: 'decision',
      time: 2,
      do: 7,
      verdict: { outcome: 'fail', reason: 'r' },
      alarms: 'none',
      comparison: [null],
    },
    { kind: 'outcome', outcome: 'left', time: 3 },
    { kind: 'shifted', time: 4, verdict: { outcome: 'pass', reason: 'r' } },
    { kind: 'decision', time: 'soon', verdict: { outcome: 'pass', reason: 'r' } },
    null,
  ]
  expect(looksIn(entries)).toEqual([
    { time: 1, led: 'paused', alarms: [{ name: 'a', condition: 'OK' }], comparison: [] },
    { time: 2, led: '', verdict: { outcome: 'fail', reason: 'r' }, alarms: [], comparison: [] },
  ])
})

test('a hook has its outcome, its time and its output', () => {
  const hook = {
    kind: 'hook',
    time: 5,
    point: 'before-shift',
    outcome: 'fail',
    seconds: 2,
    reason: 'exit code 1',
    output: 'no',
  }
  const { kind: _, ...read } = hook
  expect(hooksIn([hook, { ...hook, point: 'at noon' }])).toEqual([read])
})
