import type { CallerUrl, Grant, Mapping } from '../function/attachments/callers.ts'
import type { Trigger } from '../release/values/observed.ts'

/** A function's triggers: the grants of its resource policies, its event source mappings, and its URLs. */
export interface Triggers {
  /** Triggers that name the function itself or the alias. */
  list(functionName: string, alias: string): Promise<Trigger[]>
  /** The event source mappings of the function, its aliases and its versions; reads all those of the Region. */
  mappings(functionName: string): Promise<Mapping[]>
  /** The permissions to invoke in the policy of the function itself, or of an alias or a version. */
  grants(functionName: string, qualifier: string | undefined): Promise<Grant[]>
  /** The URLs of the function and of its aliases. */
  urls(functionName: string): Promise<CallerUrl[]>
}
