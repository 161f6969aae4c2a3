import { expect, test } from 'vitest'
import { alarmVerdict } from '../../src/gates/alarm-gate.ts'
import { alarm } from './alarm.ts'

const ok = alarm('errors')
const slow = alarm('slow')
const firing = alarm('errors', { condition: 'ALARM' })
const unknown = alarm('slow', { condition: 'INSUFFICIENT_DATA' })

test.each([
  ['no alarm is asked for', [], [], 'pass', 'no alarm gates this release'],
  ['the one alarm is OK', ['errors'], [ok], 'pass', 'errors is OK'],
  ['all are OK', ['errors', 'slow'], [ok, slow], 'pass', 'all alarms are OK'],
  [
    'one fires',
    ['errors', 'slow'],
    [firing, slow],
    'fail',
    'alarm errors is in ALARM (Threshold Crossed: 1 datapoint)',
  ],
  [
    'two fire',
    ['errors', 'slow'],
    [firing, alarm('slow', { condition: 'ALARM', reason: 'late' })],
    'fail',
    'alarm errors is in ALARM (Threshold Crossed: 1 datapoint); alarm slow is in ALARM (late)',
  ],
  [
    'one fires while another has no data',
    ['errors', 'slow'],
    [firing, unknown],
    'fail',
    'alarm errors is in ALARM (Threshold Crossed: 1 datapoint)',
  ],
  [
    'one fires while another is gone',
    ['errors', 'slow'],
    [firing],
    'fail',
    'alarm errors is in ALARM (Threshold Crossed: 1 datapoint)',
  ],
  ['one has no data', ['errors', 'slow'], [ok, unknown], 'inconclusive', 'not enough data for slow'],
  ['one is gone', ['errors', 'slow'], [ok], 'inconclusive', 'no such alarm any more: slow'],
  ['all are gone', ['errors', 'slow'], [], 'inconclusive', 'no such alarm any more: errors, slow'],
] as const)('the verdict when %s', (_, names, alarms, outcome, reason) => {
  expect(alarmVerdict(names, alarms)).toEqual({ outcome, reason })
})
