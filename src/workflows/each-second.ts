import type { Clock } from '../ports/clock.ts'

/** Passes on what is told once a second at most, and nothing in the first one: what is quicker needs no progress. */
export function eachSecond<Progress>(
  clock: Pick<Clock, 'now'>,
  tell: (progress: Progress) => void,
): (progress: Progress) => void {
  let told = clock.now()
  return (progress) => {
    const now = clock.now()
    if (now - told < 1000) return
    told = now
    tell(progress)
  }
}
