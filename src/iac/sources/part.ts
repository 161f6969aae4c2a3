/** A part of a source file: a value, a list or a map, with the line on which it stands, from 1. */
export interface Part {
  readonly line: number
  readonly value: Scalar | readonly Part[] | Parts
}

type Scalar = string | number | boolean | null

/** A map of a source file. */
export type Parts = ReadonlyMap<string, Part>

export const noParts: Parts = new Map()

export function isParts(value: Part['value'] | undefined): value is Parts {
  return value instanceof Map
}

export function isList(value: Part['value'] | undefined): value is readonly Part[] {
  return Array.isArray(value)
}

/** The entries of a map; none for anything else. */
export function partsOf(part: Part | undefined): Parts {
  return isParts(part?.value) ? part.value : noParts
}

/** The members of a list; none for anything else. */
export function listOf(part: Part | undefined): readonly Part[] {
  return isList(part?.value) ? part.value : []
}

/** The text of a part; undefined for anything else. */
export function textOf(part: Part | undefined): string | undefined {
  return typeof part?.value === 'string' ? part.value : undefined
}

/** The part at keys from the top down. */
export function partAt(part: Part | undefined, ...keys: readonly string[]): Part | undefined {
  return keys.reduce<Part | undefined>((found, key) => partsOf(found).get(key), part)
}

/** The data of a part, without lines. */
export function dataOf({ value }: Part): unknown {
  if (isList(value)) return value.map(dataOf)
  if (isParts(value)) return Object.fromEntries(Array.from(value, ([key, part]) => [key, dataOf(part)]))
  return value
}

/** A part below another one. */
export interface PlacedPart {
  /** As in `.SubnetIds[0]`; empty for the part itself. */
  readonly path: string
  readonly part: Part
}

/** Finds the outermost parts that match, from a part down. */
export function findParts(part: Part, matches: (part: Part) => boolean, path = ''): PlacedPart[] {
  if (matches(part)) return [{ path, part }]
  const { value } = part
  if (isList(value)) return value.flatMap((each, index) => findParts(each, matches, `${path}[${index}]`))
  if (!isParts(value)) return []
  return Array.from(value).flatMap(([key, each]) => findParts(each, matches, `${path}.${key}`))
}
