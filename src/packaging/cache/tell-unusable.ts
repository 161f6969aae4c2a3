import type { Tools } from '../model/types.ts'

const told = new WeakMap<AbortSignal, Set<string>>()

/** Tells once in a run why the cache is not used. */
export function tellUnusable({ signal, tell }: Pick<Tools, 'signal' | 'tell'>, why: string): void {
  const before = told.get(signal) ?? new Set<string>()
  told.set(signal, before)
  if (before.has(why)) return
  before.add(why)
  const way = 'set LAMBDACTL_CACHE_DIR to a folder that you own and that nobody else may write to'
  tell(`nothing is kept for the next run, since ${why}; ${way}`)
}
