import { isUtf8 } from 'node:buffer'
import type { LambdactlError } from '../../errors/error.ts'
import { exportMissing, type Handler, moduleMissing, nodeHandler, pythonHandler } from '../model/handler.ts'
import type { Listing, LoadingSource } from '../model/types.ts'
import type { ModuleLook } from './module-look.ts'
import { lookInNode } from './node-exports.ts'
import { lookInPython } from './python-names.ts'

/** The result of looking for a handler without running code; `no` only if that is certain. */
export type Sighting =
  | { readonly seen: 'yes' }
  | { readonly seen: 'unsure'; readonly note: string }
  | { readonly seen: 'no'; readonly error: LambdactlError }

/** Variables that make a runtime load modules from elsewhere, or run something before the handler. */
const opening = ['AWS_LAMBDA_EXEC_WRAPPER', 'NODE_OPTIONS', 'NODE_PATH', 'PYTHONPATH']

type Looked = Pick<LoadingSource, 'runtime' | 'handler' | 'layers' | 'environment'>

/**
 * Looks for a Node or Python handler in a package.
 *
 * @throws LambdactlError PACKAGE_INVALID for a malformed handler
 */
export async function lookForHandler(fn: Looked, listing: Listing): Promise<Sighting> {
  const isNode = fn.runtime.startsWith('nodejs')
  const handler = isNode ? nodeHandler(fn.handler) : pythonHandler(fn.handler)
  const place = isNode ? nodePlace(handler, listing) : await pythonPlace(handler, listing)
  if (place.path === undefined) {
    if (place.mayBeElsewhere || isOpen(fn)) return unsure(`where the module of ${handler.text} is`)
    return { seen: 'no', error: moduleMissing(handler, place.expected, pathsOf(listing)) }
  }
  const { seen, names } = await lookInto(place.path, handler, listing)
  if (seen === 'yes') return { seen }
  if (seen === 'no' && !isOpen(fn)) return { seen, error: exportMissing(handler, place.path, names) }
  return unsure(`whether ${place.path} defines ${handler.exportName}`)
}

async function lookInto(path: string, { exportName }: Handler, listing: Listing): Promise<ModuleLook> {
  const content = await listing.read(path)
  // Skips compiled modules, and encodings that a first line may name.
  if (!/\.([cm]?js|py)$/.test(path) || !isUtf8(content)) return { seen: 'unsure', names: [] }
  const code = content.toString('utf8').replace(/^\uFEFF/, '')
  const paths = pathsOf(listing)
  const has = (start: string) => paths.some((each) => each.startsWith(start))
  return path.endsWith('.py') ? lookInPython(code, exportName, has) : lookInNode(code, exportName, path, has)
}

/** The place of a handler's module in a package. */
interface Place {
  readonly path: string | undefined
  /** The file names that the runtime accepts. */
  readonly expected: readonly string[]
  readonly mayBeElsewhere: boolean
}

/** Searches like the runtime: first a file, then by the rules of `require`. */
function nodePlace({ module }: Handler, listing: Listing): Place {
  const expected = ['.js', '.mjs', '.cjs'].map((ending) => `${module}${ending}`)
  const paths = pathsOf(listing)
  const mayBeElsewhere = paths.some(
    (path) =>
      path === module || [`${module}/`, `node_modules/${module}`].some((start) => path.startsWith(start)),
  )
  return { path: mayBeElsewhere ? undefined : firstOf(expected, paths), expected, mayBeElsewhere }
}

/** A package on the way to the module may set by itself where its modules are. */
async function pythonPlace({ module }: Handler, listing: Listing): Promise<Place> {
  const expected = [`${module}.py`, `${module}/__init__.py`]
  const paths = pathsOf(listing)
  const compiled = paths.find((path) =>
    /^(\/__init__)?(\.[\w-]+)*\.(pyc|so)$/.test(after(path, module) ?? ''),
  )
  const path = firstOf(expected, paths) ?? compiled
  const parents = module.split('/').map((_, index, names) => names.slice(0, index).join('/'))
  const packages = parents.map((parent) => `${parent}/__init__.py`).filter((each) => paths.includes(each))
  const sizes = await Promise.all(packages.map(async (each) => (await listing.read(each)).length))
  return { path, expected, mayBeElsewhere: sizes.some((size) => size > 0) }
}

/** Returns the rest of a path after its start; undefined if the path has another start. */
function after(path: string, start: string): string | undefined {
  return path.startsWith(start) ? path.slice(start.length) : undefined
}

function firstOf(candidates: readonly string[], paths: readonly string[]): string | undefined {
  return candidates.find((candidate) => paths.includes(candidate))
}

function pathsOf({ files }: Listing): string[] {
  return files.map(({ path }) => path)
}

function isOpen({ layers = [], environment = {} }: Looked): boolean {
  return layers.length > 0 || opening.some((name) => name in environment)
}

function unsure(what: string): Sighting {
  return { seen: 'unsure', note: `${what} is unknown until it is loaded` }
}
