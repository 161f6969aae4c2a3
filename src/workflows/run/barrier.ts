/** One of several that are to begin together. */
export interface Part {
  isAlone: boolean
  /** Tells that it is ready, and waits until all are. Fails with what another one failed with before that. */
  ready(): Promise<void>
  /** Tells that it failed; without effect once it was ready. */
  fail(error: unknown): void
  /** Tells that the others are not to wait for it. */
  leave(): void
}

/** Parts that begin only once all of them are ready, or left. */
export function barrier(count: number): Part[] {
  const parts = Array.from({ length: count }, () => Promise.withResolvers<void>())
  const all = Promise.all(parts.map(({ promise }) => promise)).then(() => undefined)
  // Nobody may be waiting when one fails; whoever comes later is told all the same.
  all.catch(() => undefined)
  return parts.map(({ resolve, reject }) => ({
    isAlone: count === 1,
    ready: () => {
      resolve()
      return all
    },
    fail: reject,
    leave: resolve,
  }))
}
