import { expect, test } from 'vitest'
import { alarmsOf, holds, parseAlarmRule } from '../../../../src/sandbox/cloudwatch/alarms/alarm-rule.ts'

const states = new Map([
  ['firing', 'ALARM'],
  ['fine', 'OK'],
  ['a "b" (c)', 'ALARM'],
] as const)
const stateOf = (name: string) => states.get(name as 'fine')

test.each([
  ['ALARM("firing")', true],
  ['ALARM(firing) AND ALARM(fine)', false],
  ['ALARM(fine) OR ALARM(firing) AND TRUE', true],
  ['(ALARM(fine) OR ALARM(firing)) AND FALSE', false],
  ['NOT ALARM(fine) AND OK(fine)', true],
  ['NOT (OK(fine) AND ALARM("firing"))', false],
  ['INSUFFICIENT_DATA(firing)', false],
  ['ALARM( "a \\"b\\" (c)" )', true],
])('%s is %s', (text, expected) => {
  expect(holds(parseAlarmRule(text), stateOf)).toBe(expected)
})

test.each([
  ['10,240 characters', `TRUE ${'AND TRUE '.repeat(1138)}`],
  ['500 elements', `${'('.repeat(250)}TRUE${')'.repeat(250)}`],
])('a rule of more than %s is refused', (limit, text) => {
  expect(() => parseAlarmRule(text)).toThrow(`at most ${limit.replace(',', '')}`)
})

test('the alarms that a rule names are found', () => {
  expect(alarmsOf(parseAlarmRule('ALARM(a) AND NOT (OK("b c") OR TRUE)'))).toEqual(['a', 'b c'])
})

test.each(['', 'ALARM', 'ALARM()', 'ALARM(a) OK(b)', '(TRUE', 'TRUE AND', 'alarm(a)'])(
  '%j is refused',
  (text) => {
    expect(() => parseAlarmRule(text)).toThrow('AlarmRule must be a valid rule expression')
  },
)
