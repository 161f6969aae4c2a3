import { expect, test } from 'vitest'
import { alarmWords } from '../../../src/gates/alarms/words.ts'
import type { AlarmMetric } from '../../../src/release/values/observed.ts'

const errors: AlarmMetric = {
  namespace: 'AWS/Lambda',
  name: 'Errors',
  dimensions: {},
  statistic: 'Sum',
  periodMs: 10_000,
}
const over = 'greater than or equal to the threshold'
const end = '(minimum 1 datapoint for OK -> ALARM transition).'

test.each([
  [
    `Threshold Crossed: 1 out of the last 1 datapoints [2.0 (21/11/26 10:00:00)] was ${over} (2.0) ${end}`,
    errors,
    '2 errors in 10 s, limit 2',
  ],
  [
    `Threshold Crossed: 1 datapoint [1.0 (21/11/26 10:00:00)] was greater than the threshold (0.0).`,
    { ...errors, periodMs: 60_000 },
    '1 error in 1 min, limit 0',
  ],
  [
    `Threshold Crossed: 2 out of the last 3 datapoints [4.0 (21/11/26 10:00:00), 2.0 (21/11/26 09:59:00)] were ${over} (2.0) ${end}`,
    { ...errors, periodMs: 60_000 },
    '4 and 2 errors in 2 of 3 periods of 1 min, limit 2',
  ],
  [
    `Threshold Crossed: 1 out of the last 1 datapoints [0.0 (21/11/26 10:00:00)] was not ${over} (2.0) (minimum 1 datapoint for ALARM -> OK transition).`,
    errors,
    '0 errors in 10 s, limit 2',
  ],
  [
    `Threshold Crossed: 1 out of the last 1 datapoints [1234.5678 (21/11/26 10:00:00)] was greater than the threshold (1000.0) ${end}`,
    { ...errors, name: 'Duration', statistic: 'p99' },
    'p99 duration 1.2 s in 10 s, limit 1 s',
  ],
  [
    `Threshold Crossed: 1 out of the last 1 datapoints [3.0 (21/11/26 10:00:00)] was less than the threshold (10.0) ${end}`,
    { ...errors, namespace: 'Shop', name: 'OrdersTaken', statistic: 'Average' },
    'average OrdersTaken 3 in 10 s, least 10',
  ],
  [
    'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [NonBreaching].',
    errors,
    'no data for 20 s, which counts as zero',
  ],
  [
    'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].',
    errors,
    'no data for 10 s, which counts as too much',
  ],
  ['Insufficient Data: 3 datapoints were unknown.', errors, 'no data for 30 s'],
  ['Unchecked: Initial alarm creation', errors, 'Initial alarm creation'],
  ['set by a test', errors, 'set by a test'],
  [
    `Threshold Crossed: 1 out of the last 1 datapoints [5.0 (21/11/26 10:00:00)] was greater than the threshold (3.0) ${end}`,
    undefined,
    'value 5, limit 3',
  ],
  [
    `Thresholds Crossed: 1 out of the last 1 datapoints [5.0 (21/11/26 10:00:00)] was greater than the upper thresholds [3.25] ${end}`,
    undefined,
    'value 5, limit 3.25',
  ],
  [
    `Threshold Crossed: 2 out of the last 3 datapoints [12.5 (21/11/26 10:00:00), 7.0 (21/11/26 09:59:00)] were ${over} (5.0) ${end}`,
    undefined,
    'value 12.5 and 7 in 2 of 3 periods, limit 5',
  ],
  ['Insufficient Data: 3 datapoints were unknown.', undefined, 'no data'],
  [
    `Threshold Crossed: 1 out of the last 1 datapoints [1004.0 (21/11/26 10:00:00)] was greater than the threshold (1000.0) ${end}`,
    { ...errors, name: 'Duration', statistic: 'Average' },
    'average duration 1004 ms in 10 s, limit 1000 ms',
  ],
  [
    `Threshold Crossed: 1 out of the last 1 datapoints [18.2 (21/11/26 10:00:00)] was greater than the threshold (0.5) ${end}`,
    { ...errors, name: 'Duration', statistic: 'p99' },
    'p99 duration 18.2 ms in 10 s, limit 0.5 ms',
  ],
  [
    'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:checkout-errors transitioned to ALARM at Saturday 21 November, 2026 10:00:00 UTC',
    undefined,
    'alarm checkout-errors transitioned to ALARM',
  ],
] as const)('%s is in words', (reason, metric, words) => {
  expect(alarmWords({ reason, ...(metric ? { metric } : {}) })).toBe(words)
})
