import type { Clock } from '../../ports/clock.ts'

/**
 * Passes progress on at most once a second, and not in the first second: shorter work needs no progress.
 *
 * @param isEnd whether it is the last progress, which is always passed on after the first second
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
