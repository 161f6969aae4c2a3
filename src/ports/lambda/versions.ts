/** Uses of a function's versions, and their deletion. Names are function names, never ARNs. */
export interface Versions {
  /**
   * Deletes a published version; one that is gone already is no error.
   *
   * @throws LambdactlError CONFLICT if an alias points to it
   */
  delete(name: string, version: string): Promise<void>
  /** Whether a version has a resource policy of its own. */
  hasPolicy(name: string, version: string): Promise<boolean>
  /** The qualifiers of the function that event source mappings invoke. */
  mapped(name: string): Promise<string[]>
  /** The versions of a durable function with executions that have not ended. */
  executing(name: string): Promise<string[]>
  /** The storage of all functions, versions and layers of the account in the Region. */
  codeStorage(): Promise<CodeStorage>
}

export interface CodeStorage {
  bytes: number
  limitBytes: number
}
