/** One of several that are to begin together. */
export interface Part {
  isAlone: boolean
  /** Tells that it is ready, and waits until all are; false where another one failed before that. */
  ready(): Promise<boolean>
  /** Tells that it failed; without effect once it was ready. */
  fail(): void
  /** Tells that the others are not to wait for it. */
  leave(): void
}

/** One that waits for no other. */
export const alone: Part = {
  isAlone: true,
  ready: () => Promise.resolve(true),
  fail: () => undefined,
  leave: () => undefined,
}

/** Parts that begin only once all of them are ready, or left. */
export function barrier(count: number): Part[] {
  const parts = Array.from({ length: count }, () => Promise.withResolvers<void>())
  const areReady = Promise.all(parts.map(({ promise }) => promise)).then(
    () => true,
    () => false,
  )
  return parts.map(({ resolve, reject }) => ({
    isAlone: count === 1,
    ready: () => {
      resolve()
      return areReady
    },
    fail: () => reject(new Error('It failed before it was ready.')),
    leave: resolve,
  }))
}
