import { expect, test } from 'vitest'
import { once } from '../../../src/aws/client/once.ts'

test('it loads at the first use, and everybody shares the answer', async () => {
  let loads = 0
  const get = once(async () => {
    loads += 1
    return { loads }
  })
  expect(loads).toBe(0)
  const [first, second] = await Promise.all([get(), get()])
  expect(first).toBe(second)
  expect(loads).toBe(1)
})
