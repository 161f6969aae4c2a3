/** A text as the end of a sentence: with its period, also where it has one already, as reasons of people and of AWS do. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text.trimEnd()) ? text.trimEnd() : `${text}.`
}

/** A sentence with one period, where a reason at its end brought its own. */
export function withOnePeriod(text: string): string {
  return text.replace(/(?<=[^\s./\\])\.\.$/, '.')
}
