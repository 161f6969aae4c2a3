/** Nobody's number, in most systems. */
export const nobody = 65_534

/** Works as somebody else, where this is root: who may read everything. */
export async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work()
  process.seteuid?.(nobody)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
  }
}
