/** The settings that another tool changed since the stable version, which a release of the code ships too. */
export interface Shipped {
  /** The tool, as in `Terraform`; absent if nothing tells. */
  readonly by?: string
  /** In words, as in `memory 512 MB → 1024 MB`; of variables only the names. */
  readonly changes: readonly string[]
}

/** `a change by Terraform: memory 512 MB → 1024 MB` */
export function shippedWords({ by = 'another tool', changes }: Shipped): string {
  const what = changes.length === 1 ? 'a change' : `${changes.length} changes`
  return `${what} by ${by}: ${changes.join('; ')}`
}
