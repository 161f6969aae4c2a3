import { expect, onTestFinished, test, vi } from 'vitest'
import { keyReader } from '../../../../src/ui/live/logs/keys/key-reader.ts'

function reader() {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const keys: string[] = []
  return { keys, type: keyReader((key) => keys.push(key)) }
}

test('a key that comes in parts is one key', () => {
  const { keys, type } = reader()
  for (const part of ['a\u001B', '[', '5', '~\u001B', 'OA']) type(part)
  vi.runAllTimers()
  expect(keys).toEqual(['a', 'page-up', 'up'])
})

test('Escape alone is a key when nothing follows', () => {
  const { keys, type } = reader()
  type('\u001B')
  expect(keys).toEqual([])
  vi.runAllTimers()
  type('[')
  expect(keys).toEqual(['escape', '['])
})
