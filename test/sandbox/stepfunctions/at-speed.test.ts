import { expect, test } from 'vitest'
import { atSpeed } from '../../../src/sandbox/stepfunctions/language/at-speed.ts'

const now = Date.parse('2026-11-28T08:00:00Z')

test('waits, retries and the time-out of a machine are shortened, also in inner states', () => {
  const inner = { Wait: { Type: 'Wait', Timestamp: '2026-11-28T08:10:00Z', End: true } }
  const definition = {
    StartAt: 'Call',
    TimeoutSeconds: 600,
    States: {
      Call: { Type: 'Task', Retry: [{ ErrorEquals: ['A'] }, { IntervalSeconds: 30, MaxDelaySeconds: 90 }] },
      Each: { Type: 'Map', ItemProcessor: { StartAt: 'Wait', States: inner } },
    },
  }
  expect(atSpeed(definition, { now, realMs: (ms) => ms / 60 })).toMatchObject({
    TimeoutSeconds: 10,
    States: {
      Call: {
        TimeoutSeconds: 2_000_000,
        Retry: [{ IntervalSeconds: 1 / 60 }, { IntervalSeconds: 0.5, MaxDelaySeconds: 1.5 }],
      },
      Each: { ItemProcessor: { States: { Wait: { Seconds: 10 } } } },
    },
  })
  expect(definition.TimeoutSeconds).toBe(600)
})
