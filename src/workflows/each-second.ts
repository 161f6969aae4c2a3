import type { Clock } from '../ports/clock.ts'

/**
 * Passes on what is told once a second at most, and nothing in the first one: what is quicker needs no progress.
 *
 * @param isEnd what is told even so after the first second: that nothing more comes
 */
export function eachSecond<Progress>(
  clock: Pick<Clock, 'now'>,
  tell: (progress: Progress) => void,
  isEnd: (progress: Progress) => boolean = () => false,
): (progress: Progress) => void {
  const began = clock.now()
  let told = began
  return (progress) => {
    const now = clock.now()
    const isDue = now - told >= 1000 || (isEnd(progress) && now - began >= 1000)
    if (!isDue) return
    told = now
    tell(progress)
  }
}
