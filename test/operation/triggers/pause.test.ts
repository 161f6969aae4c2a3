import { expect, test } from 'vitest'
import type { Mapping } from '../../../src/function/attachments/callers.ts'
import { lastPause, pauseWords, planResume, toPause } from '../../../src/operation/triggers/pause.ts'

const named = (uuid: string) => ({ uuid, source: `SQS queue ${uuid}` })
const pausing = (time: number, reason: string, ...uuids: string[]) => ({
  kind: 'pausing',
  time,
  reason,
  by: 'arn:aws:iam::123456789012:user/ada',
  mappings: uuids.map(named),
})
const mapping = (uuid: string, state: string): Mapping => ({
  uuid,
  source: `arn:aws:sqs:eu-west-1:123456789012:${uuid}`,
  qualifier: undefined,
  state,
})

test('a pause is over when somebody resumes', () => {
  expect(lastPause([])).toBeUndefined()
  expect(lastPause([pausing(1, 'full', 'a'), { kind: 'paused', time: 2 }])).toMatchObject({
    since: 1,
    reason: 'full',
    mappings: [named('a')],
    isWhole: true,
  })
  expect(
    lastPause([pausing(1, 'full', 'a'), { kind: 'paused', time: 2 }, { kind: 'resumed', time: 3 }]),
  ).toBeUndefined()
})

test('a second pause adds its mappings, and the first one keeps its time and reason', () => {
  expect(
    lastPause([pausing(1, 'full', 'a'), { kind: 'paused', time: 2 }, pausing(2, 'other', 'a', 'b')]),
  ).toMatchObject({
    since: 1,
    reason: 'full',
    mappings: [named('a'), named('b')],
    isWhole: false,
  })
})

test('an entry of another shape counts as absent', () => {
  expect(lastPause([{ kind: 'pausing', time: 'now' }, { kind: 'paused', time: 2 }, 7])).toBeUndefined()
})

test('a pause says who made it, when and why', () => {
  const pause = lastPause([pausing(0, 'the table is full', 'a')])
  expect(pause && pauseWords(pause)).toBe('paused by user/ada at 1970-01-01 00:00:00Z: the table is full')
})

test('a pause takes the enabled ones, and looks again at those that Lambda is changing', () => {
  const states = ['Enabled', 'Disabled', 'Creating', 'Enabling', 'Disabling', 'Updating', 'Deleting']
  const { enabled, moving } = toPause(states.map((state) => mapping(state, state)))
  expect(enabled).toEqual([named('Enabled')])
  expect(moving.map(({ uuid }) => uuid)).toEqual(['Creating', 'Enabling', 'Disabling', 'Updating'])
})

test('a resumption enables what is still disabled of the paused ones, and nothing else', () => {
  const present = [
    mapping('a', 'Disabled'),
    mapping('b', 'Enabled'),
    mapping('d', 'Disabled'),
    mapping('e', 'Deleting'),
  ]
  expect(planResume(['a', 'b', 'c', 'e'].map(named), present)).toEqual({
    enable: [named('a')],
    on: [named('b')],
    gone: [named('c'), named('e')],
  })
})
