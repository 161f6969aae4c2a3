import { expect, test } from 'vitest'
import { definitionsOf } from '../../../src/operation/alarms/definitions.ts'
import { type FoundAlarm, planAlarms } from '../../../src/operation/alarms/plan.ts'
import type { AlarmSeries, WholeAlarm } from '../../../src/release/values/alarms.ts'

const topic = 'arn:aws:sns:eu-west-1:123456789012:pages'
const wantedWith = (throttles: number) =>
  definitionsOf(
    { lambdaName: 'shop', alias: 'live' },
    { limits: { errors: { percent: 1 }, throttles }, actions: [topic], okActions: [] },
  )
const wanted = wantedWith(1)
const found = (definition: WholeAlarm, service: string | null = 'shop'): FoundAlarm => ({
  name: definition.name,
  arn: `arn:${definition.name}`,
  definition,
  service: service ?? undefined,
})

test('missing alarms are made, and a second run changes nothing', () => {
  expect(planAlarms(wanted, [], 'shop').map(({ kind }) => kind)).toEqual(['make', 'make'])
  const all = wanted.map((each) => found(each))
  expect(planAlarms(wanted, all, 'shop').map(({ kind }) => kind)).toEqual(['same', 'same'])
})

test('an alarm that differs tells CloudWatch’s part and the file’s, and its actions stay off', () => {
  const [errors, throttles] = wanted
  if (!errors || !throttles) throw new Error('two alarms are wanted')
  const silent = { ...throttles, actions: { ...throttles.actions, areOn: false } }
  const changes = planAlarms(wantedWith(5), [found(errors), found(silent)], 'shop')
  expect(changes.map(({ kind }) => kind)).toEqual(['same', 'change'])
  expect(changes[1]).toMatchObject({
    alarm: { threshold: 5, actions: { areOn: false, alarm: [topic] } },
    differences: [
      { part: 'threshold', before: '1', after: '5' },
      { part: 'description', before: expect.any(String) as string, after: expect.any(String) as string },
    ],
  })
})

test.each<[string, string, string, (alarm: WholeAlarm) => WholeAlarm]>([
  ['watches', 'in Seconds', 'each 60 s', withUnit],
  ['low sample count', 'ignore', 'evaluate', (alarm) => ({ ...alarm, lowSamples: 'ignore' })],
  ['threshold', 'the band', '1', (alarm) => ({ ...alarm, threshold: undefined, thresholdSeries: 'band' })],
])('a part that only CloudWatch has is told: %s', (part, before, after, changed) => {
  const [, throttles] = wanted
  if (!throttles) throw new Error('two alarms are wanted')
  expectChange(throttles, changed(throttles), { part, before, after })
})

test.each<[string, string, string, Partial<AlarmSeries>]>([
  ['an account', 'of the account 210987654321', 'Errors each 60 s', { account: '210987654321' }],
  ['a period', 'invocations each 300 s', '100 * errors / invocations, labelled', { periodMs: 300_000 }],
  ['a label', 'labelled of whom?', 'labelled percent', { label: 'of whom?' }],
])('a part of a series that only CloudWatch has is told: %s', (_, before, after, more) => {
  const [errors] = wanted
  if (!errors) throw new Error('two alarms are wanted')
  const isMeant = ({ metric }: AlarmSeries) =>
    more.account ? metric?.name === 'Errors' : metric === undefined
  const series = errors.series.map((each) => (isMeant(each) ? { ...each, ...more } : each))
  expectChange(errors, { ...errors, series }, { part: 'watches', before, after })
})

function expectChange(
  alarm: WholeAlarm,
  other: WholeAlarm,
  { part, before, after }: Record<'part' | 'before' | 'after', string>,
): void {
  expect(planAlarms([alarm], [found(other)], 'shop')).toMatchObject([
    {
      kind: 'change',
      differences: [
        {
          part,
          before: expect.stringContaining(before) as string,
          after: expect.stringContaining(after) as string,
        },
      ],
    },
  ])
}

function withUnit(alarm: WholeAlarm): WholeAlarm {
  const series = alarm.series.map(({ metric, ...each }) => ({
    ...each,
    ...(metric && { metric: { ...metric, unit: 'Seconds' } }),
  }))
  return { ...alarm, series }
}

test('a low sample count that is evaluated, as without the setting, is no difference', () => {
  const same = wanted.map((alarm) => found({ ...alarm, lowSamples: 'evaluate' }))
  expect(planAlarms(wanted, same, 'shop').map(({ kind }) => kind)).toEqual(['same', 'same'])
})

test('only alarms of the same service are removed, and those of others block', () => {
  const [errors, throttles] = wanted
  if (!errors || !throttles) throw new Error('two alarms are wanted')
  expect(planAlarms([], [found(errors), found(throttles, null)], 'shop')).toMatchObject([
    { kind: 'remove', name: 'shop-live-errors' },
  ])
  const other = found({ ...errors, threshold: 7 }, 'other')
  expect(planAlarms([errors], [other], 'shop')).toMatchObject([{ kind: 'taken', by: 'other' }])
  expect(planAlarms([errors], [found(errors, null)], 'shop')).toMatchObject([{ kind: 'same' }])
})
