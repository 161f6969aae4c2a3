/** Waits for a turn; what it resolves to ends the turn. */
export type TakeTurn = () => Promise<() => void>

/** Hands out at most so many turns at a time, first come, first served. */
export function createTurns(most: number): TakeTurn {
  let taken = 0
  const waiting: (() => void)[] = []
  const end = () => {
    const next = waiting.shift()
    if (next) next()
    else taken -= 1
  }
  return async () => {
    if (taken < most) taken += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    return end
  }
}
