import type { Clock } from '../../ports/clock.ts'

/**
 * Passes on what is told once a second at most, and nothing in the first one after the first that is told: what is quicker
 * needs no progress.
 *
 * @param isEnd what is told even so after the first second: that nothing more comes
 */
export function limitProgress<Progress>(
  clock: Pick<Clock, 'elapsed'>,
  tell: (progress: Progress) => void,
  isEnd: (progress: Progress) => boolean = () => false,
): (progress: Progress) => void {
  let began: number | undefined
  let told = 0
  return (progress) => {
    const now = clock.elapsed()
    if (began === undefined) began = told = now
    const isDue = now - told >= 1000 || (isEnd(progress) && now - began >= 1000)
    if (!isDue) return
    told = now
    tell(progress)
  }
}
