/** A package's name as YAML has it in a list: `@` begins no plain word. */
export function quoted(word: string): string {
  return word.startsWith('@') ? `"${word}"` : word
}
