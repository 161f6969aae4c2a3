import { afterEach, expect, test, vi } from 'vitest'
import { listenForStop } from '../../../src/cli/interrupt/stop.ts'

afterEach(() => vi.restoreAllMocks())

test('where the process is not stopped, a terminal that was given back for good is not taken again', async () => {
  // As without a shell: the signal has no effect.
  vi.spyOn(process, 'kill').mockReturnValue(true)
  const before = process.listenerCount('SIGTSTP')
  const done: string[] = []
  const listening = listenForStop(() => {
    done.push('given')
    return () => void done.push('taken')
  })
  process.emit('SIGTSTP')
  listening[Symbol.dispose]()
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect(done).toEqual(['given'])
  expect(process.listenerCount('SIGTSTP')).toBe(before)
})
