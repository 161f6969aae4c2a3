import { live } from './life.ts'

/** How many lives are lived in all; two workers share them. A seed is a number from 1 on. */
export const lives = 100_000

/** Every way in which a first process ended, with how the alias stood in the end: `released/done`; excused ones besides. */
export type Endings = Set<string>

/**
 * Lives the lives of some seeds.
 *
 * @returns the story of the first that went wrong, and the seeds of more of them; empty when none did
 */
export async function wrongLives(from: number, to: number, endings: Endings = new Set()): Promise<string> {
  const wrong: number[] = []
  for (let seed = from; seed <= to && wrong.length < 10; seed += 1) {
    const { wrongs, outcome, standing, excused } = await live(seed)
    endings.add(`${outcome}/${standing}`)
    if (excused) endings.add(`excused ${outcome}/${standing}`)
    if (wrongs.length > 0) wrong.push(seed)
  }
  const [first, ...more] = wrong
  if (first === undefined) return ''
  return `${await storyOf(first)}\nAlso wrong: ${more.join(', ') || 'no other so far'}.`
}

/** One life, told: a line for each thing that happened, the time since its start first. */
export async function storyOf(seed: number): Promise<string> {
  const lines: string[] = [`The life of seed ${seed}:`]
  const { wrongs, outcome, standing } = await live(seed, (line) => lines.push(line.replaceAll('\n', ' ')))
  lines.push(`The first process ended with ${outcome}, and the alias with ${standing}.`)
  lines.push(...wrongs.map((wrong) => `WRONG  ${wrong}`))
  lines.push(`Again: node test/workflows/simulation/replay.ts ${seed}`)
  return lines.join('\n')
}
