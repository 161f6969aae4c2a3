import type { Trigger } from '../release/values/observed.ts'

/** A function's triggers: the grants of its resource policies, and its event source mappings. */
export interface Triggers {
  /** Triggers that name the function itself or the alias. */
  list(functionName: string, alias: string): Promise<Trigger[]>
}
