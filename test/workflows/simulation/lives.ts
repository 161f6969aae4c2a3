import { type Dice, notedDice, notingDice } from './dice.ts'
import { live } from './life.ts'
import { shrink } from './shrink.ts'

/** How many lives are lived in all; two workers share them. A seed is a number from 1 on. */
export const lives = 100_000

/** Every way in which a first process ended, with how the alias stood in the end: `released/done`; excused ones, and those beside another tool, besides. */
export type Endings = Set<string>

/**
 * Lives the lives of some seeds.
 *
 * @returns the story of the first that went wrong, the least like it, and the seeds of more of them; empty when none did
 */
export async function wrongLives(from: number, to: number, endings: Endings = new Set()): Promise<string> {
  const wrong: number[] = []
  for (let seed = from; seed <= to && wrong.length < 10; seed += 1) {
    const { wrongs, outcome, standing, excused, beside } = await live(seed)
    endings.add(`${outcome}/${standing}`)
    if (beside) endings.add(`beside ${outcome}/${standing}`)
    if (excused) endings.add(`excused ${outcome}/${standing}`)
    if (wrongs.length > 0) wrong.push(seed)
  }
  const [first, ...more] = wrong
  if (first === undefined) return ''
  return `${await storiesOf(first)}\nAlso wrong: ${more.join(', ') || 'no other so far'}.`
}

/** The story of a seed's life, and after one that went wrong that of the least life that still does. */
export async function storiesOf(seed: number): Promise<string> {
  const noted: number[] = []
  const { wrongs } = await live(seed, undefined, notingDice(seed, noted))
  const again = `Again: node test/workflows/simulation/replay.ts ${seed}`
  if (wrongs.length === 0) return `${await storyOf(seed)}\n${again}`
  const isWrong = async (some: readonly number[]) =>
    (await live(seed, undefined, notedDice(some))).wrongs.length > 0
  const least = notedDice(await shrink(noted, isWrong))
  return `${await storyOf(seed)}\n\nThe same with less chance in it. ${await storyOf(seed, least)}\n${again}`
}

/** One life, told: a line for each thing that happened, the time since its start first. */
export async function storyOf(seed: number, chance?: Dice): Promise<string> {
  const lines: string[] = [`The life of seed ${seed}:`]
  const listen = (line: string) => lines.push(line.replaceAll('\n', ' '))
  const { wrongs, outcome, standing } = await live(seed, listen, chance)
  lines.push(`The first process ended with ${outcome}, and the alias with ${standing}.`)
  lines.push(...wrongs.map((wrong) => `WRONG  ${wrong}`))
  return lines.join('\n')
}
