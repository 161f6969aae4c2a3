/** A text as the end of a sentence, with exactly one period: reasons of people and of AWS may end with one. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text.trimEnd()) ? text.trimEnd() : `${text}.`
}

/** A sentence with exactly one period, if the reason at its end has its own. */
export function withOnePeriod(text: string): string {
  return text.replace(/(?<=[^\s./\\])\.\.$/, '.')
}
