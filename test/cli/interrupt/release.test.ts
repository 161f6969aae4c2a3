import { PassThrough } from 'node:stream'
import { describe, expect, onTestFinished, test } from 'vitest'
import { listenForReleaseInterrupt } from '../../../src/cli/interrupt/release.ts'
import type { ReleaseEvent } from '../../../src/release/history/event.ts'
import type { OnInterrupt } from '../../../src/workflows/watch/on-interrupt.ts'

const about = { function: 'checkout', alias: 'live', version: '3' } as const
const shifted: ReleaseEvent = { ...about, event: 'shifted', step: 1, steps: 1 }
const ends: ReleaseEvent[] = [
  { ...about, event: 'done', previous: '2' },
  { ...about, event: 'paused', reason: 'no data' },
  { ...about, event: 'rolled-back', reason: 'an alarm fires' },
]

/** An interrupt that asks on a keyboard of memory; `is` says what came of it so far. */
function listen({ onInterrupt, somebody = true }: { onInterrupt?: OnInterrupt; somebody?: boolean } = {}) {
  let modes = ''
  const keyboard = Object.assign(new PassThrough(), {
    setRawMode: (raw: boolean) => (modes = raw ? 'asks' : 'asked'),
  })
  const asked = { keyboard, show: () => undefined, hide: () => undefined }
  const before = process.listeners('SIGINT')
  const interrupt = listenForReleaseInterrupt(onInterrupt, () => (somebody ? asked : undefined))
  onTestFinished(() => interrupt[Symbol.dispose]())
  const [listener] = process.listeners('SIGINT').filter((one) => !before.includes(one))
  return {
    interrupt,
    send: (signal: NodeJS.Signals) => listener?.(signal),
    is: () => [modes, interrupt.signal.aborted ? (interrupt.signal.reason as string) : ''].join(' ').trim(),
  }
}

describe('while a release has traffic', () => {
  function releasing(settings?: Parameters<typeof listen>[0]) {
    const made = listen(settings)
    made.interrupt.see(shifted)
    return made
  }

  test('SIGINT asks and decides nothing; a second one rolls back', () => {
    const { interrupt, send, is } = releasing()
    expect(interrupt.isAsked()).toBe(false)
    send('SIGINT')
    expect(is()).toBe('asks')
    expect(interrupt.isAsked()).toBe(true)
    send('SIGINT')
    expect(is()).toBe('asked roll-back')
  })

  test('SIGTERM rolls back, also at the question', () => {
    const first = releasing()
    first.send('SIGTERM')
    expect(first.is()).toBe('roll-back')
    const second = releasing()
    second.send('SIGINT')
    second.send('SIGTERM')
    expect(second.is()).toBe('asked roll-back')
  })

  test.each<[string, Parameters<typeof listen>[0], string]>([
    ['was said before', { onInterrupt: 'pause' }, 'pause'],
    ['nobody can be asked', { somebody: false }, 'roll-back'],
  ])('SIGINT does not ask what %s', (_, settings, done) => {
    const { send, is } = releasing(settings)
    send('SIGINT')
    expect(is()).toBe(done)
  })

  test.each(ends)(
    'the question goes away when the release ends, and the next is not asked: $event',
    (end) => {
      const { interrupt, send, is } = releasing()
      send('SIGINT')
      interrupt.see(end)
      expect(is()).toBe('asked')
      send('SIGINT')
      expect(is()).toBe('asked roll-back')
    },
  )

  test('the question goes away with the command, however that ends', () => {
    const { interrupt, send, is } = releasing()
    send('SIGINT')
    interrupt[Symbol.dispose]()
    expect(is()).toBe('asked')
  })

  test('what does not end it leaves the question', () => {
    const { interrupt, send, is } = releasing()
    send('SIGINT')
    interrupt.see({ function: 'checkout', event: 'warning', text: 'careful' })
    interrupt.see(shifted)
    expect(is()).toBe('asks')
  })
})

test('before any traffic nothing is asked', () => {
  const { send, is } = listen()
  send('SIGINT')
  expect(is()).toBe('roll-back')
})

describe('while several releases have traffic', () => {
  const other: ReleaseEvent = { ...shifted, function: 'cart' }

  test('one that ends leaves the question, which is asked once; the last one takes it away', () => {
    const { interrupt, send, is } = listen()
    interrupt.see(shifted)
    interrupt.see(other)
    send('SIGINT')
    interrupt.see({ ...about, event: 'done', previous: '2' })
    expect(is()).toBe('asks')
    interrupt.see({ ...about, function: 'cart', event: 'rolled-back', reason: 'an alarm fires' })
    expect(is()).toBe('asked')
  })

  test('the end of one does not keep an interrupt from asking about the other', () => {
    const { interrupt, send, is } = listen()
    interrupt.see(other)
    interrupt.see(shifted)
    interrupt.see({ ...about, event: 'failed', code: 'CONFLICT', message: 'moved', next: [] })
    send('SIGINT')
    expect(is()).toBe('asks')
  })
})
