import type { Part } from '../model/types.ts'

/** The size of a folder, a dependency or a file of a package. */
export interface PartSize {
  /** Relative to the top of the package; for a module of a bundle, relative to the source. */
  readonly path: string
  /** Unzipped size with everything below this path. */
  readonly bytes: number
  /** How many. */
  readonly files: number
  /** For a module of a bundle: the chain of imports from the handler's module to the one that imports this. */
  readonly because?: readonly string[]
  /** Largest first; absent for a file. */
  readonly parts?: readonly PartSize[]
}

/**
 * Sums up the sizes of a package's parts, from folders down to files, largest first. A dependency in node_modules is
 * one entry together with the dependencies nested in it; its own files are not listed.
 */
export function analyze(parts: readonly Part[]): PartSize[] {
  const top: Node = node('')
  for (const part of parts) add(top, part)
  return partSizes(top)
}

interface Node {
  path: string
  bytes: number
  files: number
  because: readonly string[] | undefined
  below: Map<string, Node>
}

function node(path: string): Node {
  return { path, bytes: 0, files: 0, because: undefined, below: new Map() }
}

function add(top: Node, { path, size, because }: Part): void {
  let at = top
  for (const step of stepsOf(path)) {
    const next = at.below.get(step) ?? node(at.path ? `${at.path}/${step}` : step)
    at.below.set(step, next)
    next.bytes += size
    next.files += 1
    if (because && (!next.because || because.length < next.because.length)) next.because = because
    at = next
  }
}

/** `node_modules/@a/b` is one step, and the files of a dependency add no step. `../` at the start is ignored. */
function stepsOf(path: string): string[] {
  const names = path.replace(/^(\.\.\/)+/, '').split('/')
  const isDependency = names.includes('node_modules')
  const steps: string[] = []
  while (names.length > 0) {
    const length = names[0] === 'node_modules' ? (names[1]?.startsWith('@') ? 3 : 2) : 1
    const isInPackage = steps.at(-1)?.startsWith('node_modules/') && names[0] !== 'node_modules'
    const step = names.splice(0, length).join('/')
    if (!isDependency || !isInPackage) steps.push(step)
  }
  return steps
}

function partSizes({ below }: Node): PartSize[] {
  return Array.from(below.values(), ({ path, bytes, files, because, ...rest }): PartSize => {
    const parts = partSizes({ path, bytes, files, because, ...rest })
    return { path, bytes, files, ...(because && { because }), ...(parts.length > 0 && { parts }) }
  }).toSorted((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))
}
