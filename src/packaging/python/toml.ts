import { LambdactlError } from '../../errors/error.ts'

export type Table = Readonly<Record<string, unknown>>

/** Parses TOML. @param file a name for a person @throws LambdactlError PACKAGE_INVALID with the line of the error */
export async function parseToml(text: string, file: string): Promise<Table> {
  const { parse } = await import('smol-toml')
  try {
    return parse(text)
  } catch (cause) {
    const [why] = (cause instanceof Error ? cause.message : String(cause)).split('\n')
    const line = cause instanceof Error && 'line' in cause ? `, line ${String(cause.line)}` : ''
    throw new LambdactlError('PACKAGE_INVALID', `${file}${line}: expected TOML: ${why}.`, {
      next: [
        (config) => `Correct the file, or set requirements: false in ${config.name} to install nothing.`,
      ],
      cause,
    })
  }
}

/** Returns the value at a path of names; undefined if one of them is missing. */
export function at(table: unknown, ...names: readonly string[]): unknown {
  return names.reduce<unknown>((value, name) => (isTable(value) ? value[name] : undefined), table)
}

/** The tables of an array, or a single table as a list. */
export function tablesOf(value: unknown): Table[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.filter(isTable)
}

/** Tells whether a list or a table has an entry. @param without names that don't count */
export function isFilled(value: unknown, without: readonly string[] = []): boolean {
  if (Array.isArray(value)) return value.length > 0
  return isTable(value) && Object.keys(value).some((name) => !without.includes(name))
}

export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
