import { expect, test } from 'vitest'
import { createTurns } from '../../../../src/sandbox/execution/environments/turns.ts'

test('at most so many turns are taken at a time, first come, first served', async () => {
  const take = createTurns(2)
  const seen: string[] = []
  const ends = new Map<string, () => void>()
  const turns = ['a', 'b', 'c', 'd'].map(async (name) => {
    ends.set(name, await take())
    seen.push(name)
  })
  await Promise.all(turns.slice(0, 2))
  expect(seen).toEqual(['a', 'b'])
  ends.get('b')?.()
  await turns[2]
  expect(seen).toEqual(['a', 'b', 'c'])
  ends.get('c')?.()
  ends.get('a')?.()
  await turns[3]
  expect(seen).toEqual(['a', 'b', 'c', 'd'])
})
