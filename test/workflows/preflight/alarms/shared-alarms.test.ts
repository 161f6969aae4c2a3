import { expect, test } from 'vitest'
import type { AlarmState } from '../../../../src/release/values/observed.ts'
import { sharedAlarms } from '../../../../src/workflows/preflight/alarms/shared-alarms.ts'
import { fakeClock } from '../../fake-clock.ts'

function shared() {
  const asked: (readonly string[])[] = []
  const clock = fakeClock(0)
  let failure: Error | undefined
  const alarms = sharedAlarms(
    {
      definition: async () => undefined,
      describe: async (names) => {
        asked.push(names)
        if (failure) throw failure
        return names.map((name): AlarmState => ({ name, arn: name, condition: 'OK', reason: '', since: 0 }))
      },
    },
    clock,
  )
  return { alarms, asked, clock, fail: (error?: Error) => (failure = error) }
}

test('what is asked at the same time is one read, and each gets what it asked for', async () => {
  const { alarms, asked } = shared()
  const answers = await Promise.all([alarms.describe(['a', 'b']), alarms.describe(['b', 'c'])])
  expect(asked).toEqual([['a', 'b', 'c']])
  expect(answers.map((states) => states.map(({ name }) => name))).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ])
})

test('two reads are a quarter of a second apart', async () => {
  const { alarms, asked, clock } = shared()
  await alarms.describe(['a'])
  await alarms.describe(['a'])
  expect(clock.now()).toBe(250)
  expect(asked).toHaveLength(2)
})

test('prefixes are asked by themselves', async () => {
  const { alarms, asked } = shared()
  await Promise.all([alarms.describe(['a'], ['checkout-']), alarms.describe(['b'])])
  expect(asked).toHaveLength(2)
})

test('a read that fails fails for all who asked, and the next is made all the same', async () => {
  const { alarms, fail } = shared()
  fail(new Error('down'))
  const both = await Promise.allSettled([alarms.describe(['a']), alarms.describe(['b'])])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  fail()
  expect(await alarms.describe(['a'])).toHaveLength(1)
})
