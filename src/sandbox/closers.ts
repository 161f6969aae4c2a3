/** The steps to undo a start, the latest first. */
export type Closers = (() => Promise<void> | void)[]

/** Runs every closer, even after a failure, then throws the first failure. */
export async function closeAll(closers: Closers): Promise<void> {
  const failures: unknown[] = []
  for (const close of closers.toReversed()) {
    try {
      await close()
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
}
