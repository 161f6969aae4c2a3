export type Matcher = (message: string) => boolean

/** A filter pattern, read. */
export interface FilterPattern {
  matches: Matcher
  /** The values of the fields that the pattern names, by the pattern's names such as `$.level` or `$status`. */
  values(message: string): Record<string, string>
}
