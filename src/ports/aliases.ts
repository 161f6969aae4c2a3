import type { AliasState, Weight } from '../release/values/observed.ts'

/** The settings of an alias that one call sets, all together. */
export interface AliasSettings {
  version: string
  /** Undefined clears the weights. */
  weight: Weight | undefined
  /** At most 256 characters. */
  description: string
}

/** A function's aliases. */
export interface Aliases {
  /** Undefined when the function or the alias does not exist. */
  get(functionName: string, alias: string): Promise<AliasState | undefined>
  /** All of a function's. */
  list(functionName: string): Promise<AliasState[]>
  /** @throws LambdactlError CONFLICT when the alias exists by now */
  create(functionName: string, alias: string, settings: AliasSettings): Promise<AliasState>
  /** @throws LambdactlError CONFLICT when the alias has another revision by now */
  update(
    functionName: string,
    alias: string,
    settings: AliasSettings,
    revisionId: string,
  ): Promise<AliasState>
}
