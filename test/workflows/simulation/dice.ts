/** Chance that a seed repeats. */
export interface Dice {
  /** From 0 to below 1. */
  next(): number
  chance(probability: number): boolean
  /** A whole number, both ends included. */
  between(least: number, most: number): number
  pick<Item>(items: readonly Item[]): Item
}

/** A dice that throws the same for the same seed. */
export function dice(seed: number): Dice {
  const thrown = throwsOf(seed)
  return diceOf(() => thrown() / size)
}

/**
 * A dice that throws the same for the same seed, and notes it: whole numbers of 32 bits, of which 0 is the calmest. So the
 * numbers that chances take are noted the other way round.
 *
 * @param noted gets one for each throw
 */
export function notingDice(seed: number, noted: number[]): Dice {
  const thrown = throwsOf(seed)
  const noting = (note: (number: number) => number) => () => {
    const number = thrown()
    noted.push(note(number))
    return number / size
  }
  return diceOf(
    noting((number) => number),
    noting((number) => size - 1 - number),
  )
}

/**
 * A dice that throws what another one has noted, and is calm after that: nothing happens that need not, and the first or
 * the least is chosen.
 */
export function notedDice(noted: readonly number[]): Dice {
  let at = 0
  const next = () => noted[at++] ?? 0
  return diceOf(
    () => next() / size,
    () => (size - 1 - next()) / size,
  )
}

/** The number of different throws. */
const size = 2 ** 32

/** Both from 0 to below 1; `luck` is for chances. */
function diceOf(number: () => number, luck = number): Dice {
  return {
    next: number,
    chance: (probability) => luck() < probability,
    between: (least, most) => least + Math.floor(number() * (most - least + 1)),
    pick: (items) => items[Math.floor(number() * items.length)] as (typeof items)[number],
  }
}

/** Mulberry32: whole numbers of 32 bits. */
function throwsOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}
