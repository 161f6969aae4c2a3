import { expect, test } from 'vitest'
import { lives, wrongLives } from './lives.ts'

// In a file of its own, so that another worker lives these.
test('nor does any in the other half of the lives', { timeout: 300_000 }, async () => {
  expect(await wrongLives(lives / 2 + 1, lives)).toBe('')
})
