import { expect, test } from 'vitest'
import { sideBySide } from '../../../src/workflows/run/side-by-side.ts'

test('so many at a time, and the answers in the order of the items', async () => {
  let running = 0
  let most = 0
  const answers = await sideBySide([5, 1, 3, 2, 4], 2, async (turns) => {
    running += 1
    most = Math.max(most, running)
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
    running -= 1
    return turns * 10
  })
  expect(answers).toEqual([50, 10, 30, 20, 40])
  expect(most).toBe(2)
})

test('nothing to do is done', async () => {
  expect(await sideBySide([], 3, async () => 1)).toEqual([])
})
