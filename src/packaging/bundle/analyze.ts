import type { Part } from '../model/types.ts'

/** A folder, a dependency or a file of a package, and what it takes. */
export interface Weight {
  /** From the top of the package; of a bundle's module from the source. */
  readonly path: string
  /** Unzipped, with all below it. */
  readonly bytes: number
  readonly files: number
  /** In a bundle: the modules that import one another from the handler's down to the one that imports this. */
  readonly because?: readonly string[]
  /** Heaviest first; absent for a file. */
  readonly parts?: readonly Weight[]
}

/**
 * Weighs the parts of a package: folders down to files, heaviest first. A dependency in node_modules is one weight with those
 * nested in it; its own files are not told apart.
 */
export function analyze(parts: readonly Part[]): Weight[] {
  const top: Node = node('')
  for (const part of parts) add(top, part)
  return weightsOf(top)
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

/** `node_modules/@a/b` is one step, and the files of a dependency are none; where above the source it is doesn't matter. */
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

function weightsOf({ below }: Node): Weight[] {
  return Array.from(below.values(), ({ path, bytes, files, because, ...rest }): Weight => {
    const parts = weightsOf({ path, bytes, files, because, ...rest })
    return { path, bytes, files, ...(because && { because }), ...(parts.length > 0 && { parts }) }
  }).toSorted((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))
}
