import { expect, test } from 'vitest'
import { notedDice, notingDice } from './dice.ts'
import { live } from './life.ts'
import { type Endings, lives, storyOf, wrongLives } from './lives.ts'
import { shrink } from './shrink.ts'

const endings: Endings = new Set()

test('whatever alarms, AWS, clocks and other people do, no release leaves an unwatched candidate', {
  timeout: 300_000,
}, async () => {
  expect(await wrongLives(1, lives / 2, endings)).toBe('')
})

test('the lives are worth living: every way to end is among them', () => {
  expect([...endings]).toEqual(
    expect.arrayContaining([
      'released/done',
      'ROLLED_BACK/rolled-back',
      'PAUSED/paused',
      'PAUSED/awaiting-approval',
      'died/awaiting-approval',
      'INTERRUPTED/paused',
      'INTERRUPTED/rolled-back',
      'CONFLICT/moved',
      'CONFLICT/none',
      'ROLLBACK_FAILED/rolled-back',
      'ROLLBACK_FAILED/shifting',
      'waiting/done',
      'died/done',
      'died/rolled-back',
      'died/paused',
      'died/shifting',
      'excused released/done',
      'excused ROLLED_BACK/rolled-back',
      'excused PAUSED/paused',
      'excused died/done',
      'beside released/done',
      'beside PAUSED/paused',
      'beside CONFLICT/moved',
      'beside CONFLICT/done',
      'beside CONFLICT/none',
      'beside NOT_FOUND/none',
      'beside ROLLED_BACK/rolled-back',
      'beside released/moved',
    ]),
  )
})

test('a seed tells the same story each time', async () => {
  for (const seed of [3, 39, 393])
    expect(withoutIds(await storyOf(seed))).toBe(withoutIds(await storyOf(seed)))
})

test('a dice that throws what was noted tells the story of the seed once more', async () => {
  for (const seed of [3, 39, 393]) {
    const noted: number[] = []
    await live(seed, undefined, notingDice(seed, noted))
    expect(withoutIds(await storyOf(seed, notedDice(noted)))).toBe(withoutIds(await storyOf(seed)))
  }
})

test('of a life that goes wrong only what makes it so is left', async () => {
  const noted = [7, 4_000_000_000, 0, 12, 3_000_000_000, 5]
  const isWrong = async (some: readonly number[]) => (some[1] ?? 0) > 1000 && (some[3] ?? 0) >= 10
  expect(await shrink(noted, isWrong)).toEqual([0, 1001, 0, 10])
})

/** A rollback by hand has an id of true chance. */
function withoutIds(story: string): string {
  return story.replaceAll(/lambdactl rollback \w+/g, 'lambdactl rollback')
}
