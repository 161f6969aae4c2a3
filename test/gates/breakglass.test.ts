import { expect, test } from 'vitest'
import { breakglass, passedOver } from '../../src/gates/breakglass.ts'
import { alarm } from './alarm.ts'

const alarms = [
  alarm('errors', { condition: 'ALARM', since: 1000 }),
  alarm('slow', { since: 2000 }),
  alarm('silent', { condition: 'INSUFFICIENT_DATA', since: 3000 }),
]

test('the alarms that fail the release as it begins go on record, each with the moment since when', () => {
  expect(breakglass('incident', alarms, {})).toEqual({
    reason: 'incident',
    firing: [{ alarm: 'errors', since: 1000 }],
  })
})

test('where missing data fails, that is a failure too', () => {
  expect(breakglass('incident', alarms, { insufficientData: 'fail' }).firing).toEqual([
    { alarm: 'errors', since: 1000 },
    { alarm: 'silent', since: 3000 },
  ])
})

test('an alarm that does not say since when is not excused: nobody would see it recover', () => {
  const timeless = alarm('errors', { condition: 'ALARM', since: 0 })
  expect(breakglass('incident', [timeless], {}).firing).toEqual([])
})

test('a check that fails is passed over with a warning, any other stays', () => {
  expect(passedOver({ title: 'triggers', outcome: 'fail', detail: '1 of 1 bypass live' })).toEqual({
    title: 'triggers',
    outcome: 'warn',
    detail: 'overridden by breakglass: 1 of 1 bypass live',
  })
  const fine = { title: 'triggers', outcome: 'pass', detail: 'none configured' } as const
  expect(passedOver(fine)).toBe(fine)
})
