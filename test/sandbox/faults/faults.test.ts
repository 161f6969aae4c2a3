import { expect, test } from 'vitest'
import { createDelays } from '../../../src/sandbox/faults/delays.ts'
import type { FaultSpec } from '../../../src/sandbox/faults/fault.ts'
import { createFaults } from '../../../src/sandbox/faults/faults.ts'

function start() {
  const time = { now: 0 }
  const operations = () => ['lambda:UpdateAlias', 'lambda:GetAlias', 'cloudwatch:GetMetricData']
  const faults = createFaults({ clock: () => time.now, operations })
  const strikes = (names: string[], kind: FaultSpec['kind'] = 'throttle') => faults.strike(kind, names)?.id
  return { time, faults, strikes }
}

test('a fault hits its kind and its target, and is counted', () => {
  const { faults, strikes } = start()
  faults.add({ kind: 'throttle', target: 'lambda:*Alias' })
  expect(strikes(['lambda:UpdateAlias', 'UpdateAlias'])).toBe(1)
  expect(strikes(['lambda:UpdateAlias', 'UpdateAlias'], 'error')).toBeUndefined()
  expect(strikes(['logs:PutLogEvents', 'PutLogEvents'])).toBeUndefined()
  expect(faults.list()).toEqual([{ id: 1, kind: 'throttle', target: 'lambda:*Alias', struck: 1 }])
})

test('--times ends it after so many, --for after its time, and the next one follows', () => {
  const { time, faults, strikes } = start()
  faults.add({ kind: 'throttle', target: 'UpdateAlias', times: 2 })
  faults.add({ kind: 'throttle', forMs: 1000 })
  expect([1, 2, 3].map(() => strikes(['UpdateAlias']))).toEqual([1, 1, 2])
  expect(faults.list()).toEqual([
    { id: 2, kind: 'throttle', target: '*', until: 1000, leftMs: 1000, struck: 1 },
  ])
  time.now = 1000
  expect(strikes(['UpdateAlias'])).toBeUndefined()
  expect(faults.list()).toEqual([])
})

test('clearing ends one or all', () => {
  const { faults, strikes } = start()
  for (const target of ['a', 'b', 'c']) faults.add({ kind: 'kill', target })
  expect(faults.clear(2).map(({ target }) => target)).toEqual(['b'])
  expect(strikes(['b'], 'kill')).toBeUndefined()
  expect(faults.clear().map(({ id }) => id)).toEqual([1, 3])
  expect(faults.clear()).toEqual([])
})

test.each<[string, object, string]>([
  ['an unknown kind', { kind: 'explode' }, 'There is no fault "explode".'],
  ['a kind of every object', { kind: 'constructor' }, 'There is no fault "constructor".'],
  [
    'an operation that does not exist',
    { kind: 'error', target: 'UpdateAlia' },
    'No operation of the sandbox matches UpdateAlia.',
  ],
  ['a delay that is missing', { kind: 'latency' }, 'The fault latency needs a delay.'],
  ['a delay that has no use', { kind: 'drop', byMs: 5 }, 'The fault drop has no delay.'],
  [
    'times that nobody can count',
    { kind: 'freeze-alarms', times: 1 },
    "The fault freeze-alarms lasts, so it can't be counted.",
  ],
  ['no whole number', { kind: 'kill', times: 1.5 }, 'whole number from 1 to'],
  ['a delay that no timer takes', { kind: 'latency', byMs: 2 ** 31 }, 'whole number from 1 to'],
  ['an empty resource', { kind: 'drop', on: '' }, 'The resource of a fault is empty.'],
  [
    'a resource of a fault whose target it is',
    { kind: 'kill', on: 'shop' },
    "The fault kill can't be narrowed: its target is the resource.",
  ],
  ['an empty target', { kind: 'kill', target: '' }, 'The target of a fault is empty.'],
])('%s is refused', (_, spec, message) => {
  expect(() => start().faults.add(spec as FaultSpec)).toThrow(message)
})

test('late work is done at once, in order, when its fault is cleared', () => {
  const { faults } = start()
  const delays = createDelays(faults)
  const done: string[] = []
  const work = (group: string, text: string) => delays.of('late-logs')([group], () => done.push(text))
  faults.add({ kind: 'late-logs', target: 'slow', byMs: 60_000 })
  faults.add({ kind: 'late-logs', target: 'other', byMs: 60_000 })
  for (const [group, text] of [
    ['slow', '1'],
    ['quick', '2'],
    ['other', '3'],
    ['slow', '4'],
  ] as const)
    work(group, text)
  expect(done).toEqual(['2'])
  faults.clear(1)
  expect(done).toEqual(['2', '1', '4'])
  delays.release('late-logs')
  expect(done).toEqual(['2', '1', '4', '3'])
})
