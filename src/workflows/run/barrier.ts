/** One of several works that have to begin together. */
export interface Part {
  isAlone: boolean
  /** Reports that it is ready, and waits until all are; false if another one failed before. */
  ready(): Promise<boolean>
  /** Reports that it failed; without effect once it was ready. */
  fail(): void
  /** Tells the others not to wait for it. */
  leave(): void
}

/** A part that waits for no other. */
export const alone: Part = {
  isAlone: true,
  ready: () => Promise.resolve(true),
  fail: () => undefined,
  leave: () => undefined,
}

/** Parts that go on only when all of them are ready, or have left. */
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
