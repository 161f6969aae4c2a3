import { expect, test } from 'vitest'
import { createDelivery } from '../../../src/sandbox/delivery/deliver.ts'
import { RuleBook, type RuleRecord } from '../../../src/sandbox/events/rules/records.ts'
import { createSchedules, timesOf } from '../../../src/sandbox/events/rules/schedules.ts'

const from = Date.parse('2026-11-28T08:10:30Z')
const next = (schedule: string, after = from) => {
  const time = timesOf(schedule, from)(after)
  return time === undefined ? undefined : new Date(time).toISOString()
}

test.each([
  ['rate(1 minute)', '2026-11-28T08:11:30.000Z'],
  ['rate(5 minutes)', '2026-11-28T08:15:30.000Z'],
  ['rate(1 day)', '2026-11-29T08:10:30.000Z'],
  ['cron(0/15 * * * ? *)', '2026-11-28T08:15:00.000Z'],
  ['cron(0 10 ? * MON-FRI *)', '2026-11-30T10:00:00.000Z'],
  ['cron(0 10 ? * 1 *)', '2026-11-29T10:00:00.000Z'],
  ['cron(0 0 L * ? *)', '2026-11-30T00:00:00.000Z'],
  ['cron(0 0 1 1 ? 2027)', '2027-01-01T00:00:00.000Z'],
  ['cron(0 0 1 1 ? 2020)', undefined],
])('%s comes next at %s', (schedule, time) => {
  expect(next(schedule)).toBe(time)
})

test.each([
  'rate(1 minutes)',
  'rate(5 minute)',
  'rate(0 minutes)',
  'cron(* * * * * *)',
  'cron(0 10 * * ?)',
  'at(2026-01-01T00:00:00)',
  'daily',
])('%s is no schedule', (schedule) => {
  expect(() => timesOf(schedule, from)).toThrow(Error)
})

test('a late machine makes up for times that have passed, a new sandbox for none, and a rule that is off has none', async () => {
  const book = new RuleBook()
  const clock = { now: from }
  const sent: string[] = []
  const delivery = createDelivery({ sqs: (_, { body }) => void sent.push(body) })
  const router = { book, delivery, metrics: { record: () => undefined }, clock: () => clock.now }
  const schedules = createSchedules(router)
  const rule: RuleRecord = {
    arn: 'arn:aws:events:eu-west-1:000000000000:rule/tick',
    name: 'tick',
    bus: 'default',
    region: 'eu-west-1',
    account: '000000000000',
    schedule: 'rate(1 minute)',
    isEnabled: true,
    tags: {},
    targets: [{ Id: '1', Arn: 'arn:aws:sqs:eu-west-1:000000000000:q', InputPath: '$.time' }],
    since: from - 3_600_000,
  }
  book.rules.set(rule.arn, rule)
  await schedules.turn()
  clock.now += 150_000
  await schedules.turn()
  expect(sent).toEqual(['"2026-11-28T08:11:30Z"', '"2026-11-28T08:12:30Z"'])
  book.rules.set(rule.arn, { ...rule, isEnabled: false })
  clock.now += 60_000
  await schedules.turn()
  expect(sent).toHaveLength(2)
})
