/** The result of looking for a name in a module. */
export interface ModuleLook {
  readonly seen: 'yes' | 'unsure' | 'no'
  /** The names that it defines, as far as they can be seen. */
  readonly names: readonly string[]
}
