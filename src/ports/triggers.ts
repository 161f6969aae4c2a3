import type { CallerUrl, Grant, Mapping } from '../function/attachments/callers.ts'
import type { Trigger } from '../release/values/observed.ts'

/** A permission to invoke an alias that can be made. */
interface NewGrant extends Pick<Grant, 'principal' | 'sourceArn' | 'sourceAccount'> {
  statement: string
}

/** A function's triggers: the grants of its resource policies, its event source mappings, and its URLs. */
export interface Triggers {
  /** Triggers that name the function itself or the alias. */
  list(functionName: string, alias: string): Promise<Trigger[]>
  /**
   * The event source mappings of the function, its aliases and its versions; reads all those of the Region.
   *
   * @param qualifiers only those of them, undefined for the function itself: one call for each
   */
  mappings(functionName: string, qualifiers?: readonly (string | undefined)[]): Promise<Mapping[]>
  /** Undefined if it does not exist. */
  mapping(uuid: string): Promise<Mapping | undefined>
  /** The permissions to invoke in the policy of the function itself, or of an alias or a version. */
  grants(functionName: string, qualifier: string | undefined): Promise<Grant[]>
  /** The URLs of the function and of its aliases. */
  urls(functionName: string): Promise<CallerUrl[]>
  /**
   * Lets an event source mapping invoke another qualifier; Lambda goes on at the same place of its source.
   *
   * @param qualifier undefined for the function itself
   * @returns false if Lambda is changing the mapping: then try again later
   * @throws LambdactlError NOT_FOUND
   */
  point(functionName: string, uuid: string, qualifier: string | undefined): Promise<boolean>
  /** Adds a permission to an alias's policy. @throws LambdactlError CONFLICT if it has a statement of that id */
  grant(functionName: string, alias: string, grant: NewGrant): Promise<void>
  /** Removes a permission from an alias's policy; one that is gone counts as removed. */
  revoke(functionName: string, alias: string, statement: string): Promise<void>
  /**
   * Enables or disables an event source mapping, in an incident also one of another tool.
   *
   * @returns false if Lambda is changing the mapping: then try again later
   * @throws LambdactlError NOT_FOUND
   */
  enable(uuid: string, isEnabled: boolean): Promise<boolean>
}
