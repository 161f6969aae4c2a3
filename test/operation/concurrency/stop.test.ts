import { describe, expect, test } from 'vitest'
import { lastStop, stopWords } from '../../../src/operation/concurrency/stop.ts'

const time = Date.parse('2026-11-27T03:40:41.000Z')
const five = { qualifier: '3', amount: 5 }

function stopping(reserved: number | null, provisioned: object[] = [], reason = 'it loops') {
  return { kind: 'stopping', time, reason, by: 'arn:aws:iam::1:user/ada', before: { reserved, provisioned } }
}

describe('the stop on record', () => {
  test('is the last one that nobody has ended', () => {
    expect(lastStop([])).toBeUndefined()
    expect(lastStop([stopping(50, [five]), { kind: 'stopped', time }])).toMatchObject({
      reason: 'it loops',
      since: time,
      isWhole: true,
      before: { reserved: 50, provisioned: [five] },
    })
    expect(lastStop([stopping(50), { kind: 'stopped', time }, { kind: 'started', time }])).toBeUndefined()
    const again = [
      stopping(50),
      { kind: 'stopped', time },
      { kind: 'started', time },
      stopping(7),
      { kind: 'stopped', time },
    ]
    expect(lastStop(again)).toMatchObject({ before: { reserved: 7 } })
  })

  test('of a stop that was cut off, or made by two people at once, has all that either saw', () => {
    const entries = [stopping(50, [five], 'first'), stopping(0, [{ qualifier: 'live', amount: 2 }], 'second')]
    expect(lastStop([...entries, { kind: 'stopped', time }])).toMatchObject({
      reason: 'first',
      before: { reserved: 50, provisioned: [five, { qualifier: 'live', amount: 2 }] },
    })
  })

  test('replaces one after which somebody started the function by hand', () => {
    const entries = [stopping(50, [five], 'first'), { kind: 'stopped', time }, stopping(7, [], 'second')]
    expect(lastStop(entries)).toMatchObject({ reason: 'second', before: { reserved: 7, provisioned: [] } })
  })

  test('comes from no entry of another shape', () => {
    const odd = { ...stopping(50), before: { reserved: -1, provisioned: 'all' } }
    expect(lastStop([odd, { kind: 'plan' }, 'text', null])).toBeUndefined()
  })
})

test('a stop is told by who, since when and why', () => {
  const stop = lastStop([stopping(50)])
  expect(stop && stopWords(stop)).toBe('stopped by user/ada at 2026-11-27 03:40:41Z: it loops')
  expect(stop && stopWords({ ...stop, actor: { name: 'grace' } })).toMatch(/^stopped by grace at/)
  expect(stop && stopWords({ ...stop, by: undefined })).toMatch(/^stopped by somebody at/)
})
