import { posix } from 'node:path'

/** A path as code composes it. */
export interface PlaceValue {
  /**
   * Relative to the module's folder (`module`), to the function's working directory (`package`), or to nothing known
   * (`text`).
   */
  readonly from: 'module' | 'package' | 'text'
  /** `*` stands for each part that only running the code shows. */
  readonly path: string
  /** Whether the code may choose this path among several. */
  readonly isOneOf: boolean
}

/** The name that stands for a module's own file. */
export const ownFile = '__file__'
export const here: PlaceValue = { from: 'module', path: '', isOneOf: false }
export const ownModule: PlaceValue = { from: 'module', path: ownFile, isOneOf: false }
export const start: PlaceValue = { from: 'package', path: '', isOneOf: false }

/** A constant text in the code. */
export function text(path: string): PlaceValue {
  return { from: 'text', path, isOneOf: false }
}

/** Text that follows a place; `*` stands for an unknown part. */
export function concat(values: readonly (PlaceValue | undefined)[]): PlaceValue | undefined {
  const [first, ...rest] = values.filter((value) => value?.path !== '' || value.from !== 'text')
  if (!first) return undefined
  const path = first.path + rest.map((value) => value?.path ?? '*').join('')
  return { ...first, path }
}

/** Like `path.join`; `*` stands for an unknown part. */
export function joined(values: readonly (PlaceValue | undefined)[]): PlaceValue | undefined {
  const [first, ...rest] = values
  if (!first) return undefined
  const parts = rest.map((value) => (value ? value.path : '*'))
  // A place joined to another place is unknown.
  if (rest.some((value) => value !== undefined && value.from !== 'text')) return undefined
  return {
    ...first,
    path: posix.join(first.path, ...parts),
    isOneOf: first.isOneOf || rest.some((v) => v?.isOneOf),
  }
}

/** Like `path.dirname`. */
export function parentOf(value: PlaceValue | undefined): PlaceValue | undefined {
  if (!value || value.from === 'text') return undefined
  const path = posix.dirname(value.path || '.')
  return { ...value, path: value.path === '' ? '..' : path === '.' ? '' : path }
}
