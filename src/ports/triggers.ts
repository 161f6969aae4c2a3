import type { Trigger } from '../release/values/observed.ts'

/** The resource policies' grants and the event source mappings of a function. */
export interface Triggers {
  /** Those that name the function itself and those that name the alias. */
  list(functionName: string, alias: string): Promise<Trigger[]>
}
