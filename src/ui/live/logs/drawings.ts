/** The time from a change to its drawing, milliseconds: all changes until then are one drawing. */
const usualMs = 50
/** A terminal over a slow line is drawn at least so often, milliseconds. */
const longestMs = 2000

/** Drawings of a screen that changes often. */
export interface Drawings {
  /** Draws after a pause. */
  soon(): void
  stop(): void
}

export function drawings(draw: () => void): Drawings {
  let next: NodeJS.Timeout | undefined
  let pauseMs = usualMs
  const drawNow = () => {
    next = undefined
    const began = performance.now()
    draw()
    pauseMs = pauseAfter(performance.now() - began)
  }
  return {
    soon() {
      next ??= setTimeout(drawNow, pauseMs)
    },
    stop: () => clearTimeout(next),
  }
}

/**
 * The pause before the next drawing, milliseconds. Writing waits for a slow terminal, so that three quarters of the time
 * are left for keys and lines.
 *
 * @param tookMs the time that the last drawing took, milliseconds
 */
export function pauseAfter(tookMs: number): number {
  return Math.min(longestMs, Math.max(usualMs, 3 * tookMs))
}
