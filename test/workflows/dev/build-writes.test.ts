import { expect, test, vi } from 'vitest'
import { buildWrites } from '../../../src/workflows/dev/build-writes.ts'

test('what builds write calls for one more build at most, and a save always for one', async () => {
  vi.useFakeTimers()
  const writes = buildWrites()
  const build = async (...paths: string[]) => {
    const found: boolean[] = []
    await writes.during('hello', async () => {
      for (const path of paths) found.push(writes.note(path))
    })
    return found
  }
  const end = () => vi.runAllTimers()
  // A first change may be a save during the build.
  expect(await build('out/a.js')).toEqual([false])
  expect(writes.note('out/late.js')).toBe(false)
  end()
  expect(await build('out/a.js', 'out/late.js', 'src/a.ts')).toEqual([true, true, false])
  end()
  expect(writes.note('src/a.ts')).toBe(false)
  expect(await build('out/a.js', 'src/a.ts')).toEqual([true, false])
  end()
  // By a person after all.
  expect(writes.note('out/a.js')).toBe(false)
  vi.useRealTimers()
})

test('a build that writes another file each time ends too, until the next save', async () => {
  vi.useFakeTimers()
  const writes = buildWrites()
  const build = (path: string) => {
    let found: boolean | undefined
    void writes.during('hello', async () => {
      found = writes.note(path)
    })
    vi.runAllTimers()
    return found
  }
  expect([build('1.log'), build('2.log'), build('3.log')]).toEqual([false, false, true])
  await vi.runAllTimersAsync()
  expect(writes.note('src/a.ts')).toBe(false)
  expect(build('4.log')).toBe(false)
  vi.useRealTimers()
})
