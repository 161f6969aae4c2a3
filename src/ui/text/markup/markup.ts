import { plain } from '../plain.ts'

/** A piece of XML or HTML that is safe as it stands. Only `markup` and `asMarkup` make one. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Value = string | number | Markup | readonly Value[] | undefined | false

/**
 * A template of XML or HTML. Each text in it is escaped, for content and for attributes in double quotes; pieces of
 * markup stay as they are, lists are joined, and undefined and false are nothing.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(String.raw({ raw: parts }, ...values.map(written)))
}

/** Markup of the program's own, which no text from outside is a part of. */
export function asMarkup(text: string): Markup {
  return new Markup(text)
}

function written(value: Value): string {
  if (value === undefined || value === false) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'string') return escapedMarkup(value)
  return typeof value === 'number' ? String(value) : value.map(written).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

/** A text for XML or HTML, without the characters that XML has no way to write. */
export function escapedMarkup(text: string): string {
  return plain(text)
    .toWellFormed()
    .replaceAll(/[\uFFFE\uFFFF]/g, '')
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character)
}
