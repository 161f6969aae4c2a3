import { mapOf } from '../json.ts'

// Forms of values that source files have in common. Each returns undefined for a value of another form.

/** A number, or its digits as text. */
export function count(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined
}

/** A number of seconds as a duration. */
export function seconds(value: unknown): string | undefined {
  const number = count(value)
  return number === undefined ? undefined : `${number}s`
}

/** A number of days as lambdactl.yaml writes them: `14d`. */
export function days(value: unknown): string | undefined {
  const number = count(value)
  return number === undefined ? undefined : `${number}d`
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((each) => text(each) !== undefined) ? value : undefined
}

/** AWS's word by lambdactl's, as in `Active` for `active`. */
export function word<Ours>(words: Readonly<Record<string, Ours>>) {
  return (value: unknown): Ours | undefined =>
    typeof value === 'string' && Object.hasOwn(words, value) ? words[value] : undefined
}

/** AWS's word in small letters. */
export function small(value: unknown): string | undefined {
  return text(value)?.toLowerCase()
}

/** One field from a value. */
export function field(name: string, form: (value: unknown) => unknown) {
  return (value: unknown): Record<string, unknown> | undefined => {
    const found = form(value)
    return found === undefined ? undefined : { [name]: found }
  }
}

/**
 * Fields from the members of a map; undefined if it has another member, or one of another form.
 *
 * @param members by their names in the tool: the field and the form of its value
 */
export function members(
  forms: Readonly<Record<string, readonly [name: string, form: (value: unknown) => unknown]>>,
) {
  return (value: unknown): Record<string, unknown> | undefined => {
    const found = Object.entries(mapOf(value)).map(([key, member]) => {
      const [name, form] = forms[key] ?? []
      return [name ?? key, form?.(member)] as const
    })
    return found.length === 0 || found.some(([, member]) => member === undefined)
      ? undefined
      : Object.fromEntries(found)
  }
}

/** A map as one field. */
export function nested(name: string, forms: Parameters<typeof members>[0]) {
  return field(name, members(forms))
}
