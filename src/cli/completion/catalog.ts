/** A flag as the manifest describes it. */
export interface CatalogFlag {
  name: string
  type: 'boolean' | 'option'
  char?: string
  description?: string
  helpValue?: string
  options?: readonly string[]
  multiple?: boolean
  allowNo?: boolean
  hidden?: boolean
}

/** An argument as the manifest describes it. */
interface CatalogArg {
  name: string
  description?: string
  options?: readonly string[]
  multiple?: boolean
}

/** A command as the manifest describes it; its id has a colon between words. */
export interface CatalogCommand {
  id: string
  summary?: string
  hidden?: boolean
  args: Readonly<Record<string, CatalogArg>>
  flags: Readonly<Record<string, CatalogFlag>>
}

/** The commands that oclif's manifest describes, and its topics' descriptions by their words. */
export interface Catalog {
  commands: readonly CatalogCommand[]
  topics: Readonly<Record<string, { description?: string }>>
}
