import { expect, test, vi } from 'vitest'
import type { ReleaseEvent } from '../../../src/release/history/event.ts'
import { heartbeat } from '../../../src/ui/lines/heartbeat.ts'
import { tellTimes } from '../../../src/ui/text/time.ts'

vi.hoisted(() => vi.stubEnv('FORCE_COLOR', '0').stubEnv('CI', 'true'))

const start = Date.parse('2026-11-21T10:00:00.000Z')

/** The lines of a minute with a beat at each second, for events at their seconds. */
function said(
  events: readonly (readonly [second: number, event: ReleaseEvent])[],
  realMs = (ms: number) => ms,
): string[] {
  const lines: string[] = []
  const life = heartbeat(['cart', 'checkout'], (line) => lines.push(line), tellTimes(start), realMs)
  for (let second = 0; second <= 60; second += 1) {
    const time = start + second * 1000
    for (const [at, event] of events) if (at === second) life.see({ ...event, time })
    life.beat(time)
  }
  return lines
}

const packaging: ReleaseEvent = { function: 'cart', event: 'stage', stage: 'packaging' }
const building: ReleaseEvent = { function: 'cart', event: 'noted', text: 'building with npm' }
const updating: ReleaseEvent = { function: 'cart', event: 'stage', stage: 'updating' }
const waiting: ReleaseEvent = { function: 'cart', event: 'stage', stage: 'waiting' }

test('a function that works silently says every fifteen seconds what it does, and how long already', () => {
  expect(
    said([
      [0, packaging],
      [1, building],
    ]),
  ).toEqual([
    '10:00:16Z cart  still building with npm, 0:16',
    '10:00:31Z cart  still building with npm, 0:31',
    '10:00:46Z cart  still building with npm, 0:46',
  ])
})

test('one that is heard of says nothing more, and a stage that has no line of its own does not count', () => {
  const heard = Array.from({ length: 6 }, (_, index) => [index * 10, building] as const)
  expect(said([[0, packaging], ...heard])).toEqual([])
  expect(
    said([
      [0, packaging],
      [20, updating],
      [40, waiting],
    ]),
  ).toEqual(['10:00:15Z cart  still packaging, 0:15', '10:00:30Z cart  still waiting for AWS, 0:30'])
})

test('nobody speaks who waits for the others, has traffic, or has ended', () => {
  const shifted = { event: 'shifted', alias: 'live', version: '4', step: 0, steps: 0 } as const
  const unchanged = { event: 'unchanged', alias: 'live', version: '4' } as const
  for (const last of [waiting, { function: 'cart', ...shifted }, { function: 'cart', ...unchanged }]) {
    expect(
      said([
        [0, packaging],
        [1, last],
      ]),
    ).toEqual([])
  }
})

test("at a fast sandbox the silence and the work are measured by this machine's time", () => {
  const events = [[0, packaging] as const, [1, building] as const]
  expect(said(events, (ms) => ms / 60)).toEqual([])
  expect(said(events, (ms) => ms / 2)).toEqual(['10:00:31Z cart  still building with npm, 0:15'])
})
