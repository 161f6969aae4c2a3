/** A moment as S3 tells it: without milliseconds. */
export function wholeSeconds(time: number): Date {
  return new Date(time - (time % 1000))
}
