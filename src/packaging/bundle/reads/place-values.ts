import { posix } from 'node:path'

/** A path as code puts it together. */
export interface PlaceValue {
  /** Relative to the module's folder, to the folder that Lambda starts a function in, or to nothing that is known. */
  readonly from: 'module' | 'package' | 'text'
  /** `*` stands for each part that only running it shows. */
  readonly path: string
  /** Whether it is one of several that the code may take. */
  readonly isOneOf: boolean
}

/** The name that stands for a module's own file. */
export const ownFile = '__file__'
export const here: PlaceValue = { from: 'module', path: '', isOneOf: false }
export const ownModule: PlaceValue = { from: 'module', path: ownFile, isOneOf: false }
export const start: PlaceValue = { from: 'package', path: '', isOneOf: false }

/** Text of the code. */
export function text(path: string): PlaceValue {
  return { from: 'text', path, isOneOf: false }
}

/** Text after a place; a part that is not known is `*`. */
export function concat(values: readonly (PlaceValue | undefined)[]): PlaceValue | undefined {
  const [first, ...rest] = values.filter((value) => value?.path !== '' || value.from !== 'text')
  if (!first) return undefined
  const path = first.path + rest.map((value) => value?.path ?? '*').join('')
  return { ...first, path }
}

/** As `path.join`: parts that are not known are `*`. */
export function joined(values: readonly (PlaceValue | undefined)[]): PlaceValue | undefined {
  const [first, ...rest] = values
  if (!first) return undefined
  const parts = rest.map((value) => (value ? value.path : '*'))
  // Whatever is joined to a place of its own is another one.
  if (rest.some((value) => value !== undefined && value.from !== 'text')) return undefined
  return {
    ...first,
    path: posix.join(first.path, ...parts),
    isOneOf: first.isOneOf || rest.some((v) => v?.isOneOf),
  }
}

/** As `path.dirname`. */
export function parentOf(value: PlaceValue | undefined): PlaceValue | undefined {
  if (!value || value.from === 'text') return undefined
  const path = posix.dirname(value.path || '.')
  return { ...value, path: value.path === '' ? '..' : path === '.' ? '' : path }
}
