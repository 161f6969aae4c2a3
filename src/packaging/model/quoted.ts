/** A package's name as a YAML list needs it: a plain word can't begin with `@`. */
export function quoted(word: string): string {
  return word.startsWith('@') ? `"${word}"` : word
}
