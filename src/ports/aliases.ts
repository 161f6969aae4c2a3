import type { AliasState, Weight } from '../release/values/observed.ts'

/** The settings of an alias that one call sets together. */
export interface AliasSettings {
  version: string
  /** Undefined clears the weights. */
  weight: Weight | undefined
  /** At most 256 characters. */
  description: string
}

/** A function's aliases. */
export interface Aliases {
  /** Undefined if the function or the alias does not exist. */
  get(functionName: string, alias: string): Promise<AliasState | undefined>
  /** All aliases of a function. */
  list(functionName: string): Promise<AliasState[]>
  /** @throws LambdactlError CONFLICT if the alias exists by now */
  create(functionName: string, alias: string, settings: AliasSettings): Promise<AliasState>
  /** @throws LambdactlError CONFLICT if the alias has another revision by now */
  update(
    functionName: string,
    alias: string,
    settings: AliasSettings,
    revisionId: string,
  ): Promise<AliasState>
}
