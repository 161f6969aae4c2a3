/** The time from a change to its drawing, milliseconds: all changes until then are one drawing. */
const usualMs = 50
/** A terminal over a slow line is drawn at least so often, milliseconds. */
const longestMs = 2000

/**
 * The pause before the next drawing, milliseconds. Writing waits for a slow terminal, so that three quarters of the time
 * are left for keys and lines.
 *
 * @param tookMs the time that the last drawing took, milliseconds
 */
export function pauseAfter(tookMs: number): number {
  return Math.min(longestMs, Math.max(usualMs, 3 * tookMs))
}
