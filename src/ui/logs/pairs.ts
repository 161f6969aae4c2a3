import { plainLine } from '../text/plain.ts'

/** `total=6 customer="Anna B."`, in the order of the fields. */
export function pairs(
  fields: Readonly<Record<string, unknown>>,
  pair: (name: string, value: unknown) => string,
): string {
  let text = ''
  for (const name in fields) text += `${text === '' ? '' : ' '}${pair(plainLine(name), fields[name])}`
  return text
}

/** A value for a reader, safe for a terminal: a text that is no single word in quotes, an object as JSON. */
export function valueText(value: unknown): string {
  return typeof value === 'object' ? plainLine(JSON.stringify(value)) : quotedValue(value)
}

/** A value as logfmt has it: in quotes where it is no single word. */
export function quotedValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return plainLine(isWord.test(text) ? text : JSON.stringify(text))
}

const isWord = /^[^\s"=\\\p{Cc}]+$/u
