import { expect, test } from 'vitest'
import { callRate } from '../../../src/logs/following/call-rate.ts'
import { turnOrder } from '../../../src/logs/following/turn-order.ts'

const poll = (name: string, urgency: number) => ({ name, urgency: () => urgency })
const sweep = (name: string) => ({ name, urgency: undefined })

test('the most urgent poll is first, and sweeps are last, in their order', () => {
  const order = turnOrder<{ name: string; urgency: (() => number) | undefined }>()
  const waiting = [sweep('s1'), poll('a', 1), sweep('s2'), poll('b', 3), poll('c', 2)]
  const names = Array.from({ length: 6 }, () => order.next(waiting)?.name)
  expect(names).toEqual(['b', 'c', 'a', 's1', 's2', undefined])
})

test('one call of eight is for a sweep that waits', () => {
  const order = turnOrder<{ name: string; urgency: (() => number) | undefined }>()
  const waiting = [sweep('s'), ...Array.from({ length: 20 }, () => poll('p', 1))]
  expect(Array.from({ length: 9 }, () => order.next(waiting)?.name).join('')).toBe('pppppppsp')
})

test('calls become fewer when AWS refuses them, and more again with its answers', () => {
  const rate = callRate()
  expect(rate.everyMs()).toBe(125)
  rate.refused(0)
  // Calls side by side are refused together.
  rate.refused(100)
  expect(rate.everyMs()).toBe(250)
  for (let at = 1000; at < 20_000; at += 1000) rate.refused(at)
  expect(rate.everyMs()).toBe(1000)
  for (let answers = 0; answers < 100; answers++) rate.answered()
  expect(rate.everyMs()).toBe(125)
})
