import { expect, test, vi } from 'vitest'
import { developedFunctions } from '../../../src/workflows/dev/developed-functions.ts'
import type { DevEvent, Developed } from '../../../src/workflows/dev/event.ts'
import type { Run } from '../../../src/workflows/run/run.ts'

test('a build that writes beside its sources is not followed by builds without end', async () => {
  vi.useFakeTimers()
  const told: DevEvent['event'][] = []
  const functions = developedFunctions({
    run: {
      clock: { elapsed: () => 0 },
      signal: new AbortController().signal,
      emit: () => undefined,
    } as unknown as Run,
    folder: '/shop',
    tell: ({ event }) => told.push(event),
    deployWhole: async () => {
      functions.note('/shop/built-at.txt')
      throw new Error('The role is missing.')
    },
  })
  const fn = { name: 'hello', source: '/shop/dist', build: { directory: '/shop' } }
  const hello = { fn, target: {} } as unknown as Developed
  await functions.take([hello])
  await functions.deploy([hello])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual(['failed', 'failed'])
  functions.note('/shop/src/index.ts')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual(['failed', 'failed', 'failed'])
  await functions.end()
  vi.useRealTimers()
})
