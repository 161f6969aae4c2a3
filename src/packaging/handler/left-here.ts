import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { nodeHandler } from '../model/handler.ts'
import type { Listing, PackageSource } from '../model/types.ts'
import { isNeverPacked, packageNamesOf } from '../select/node-modules/missing-dependencies.ts'

const asking = /\b(?:(?:require|import)\s*\(\s*|from\s*|import\s*)(["'`])([^"'`\s]+)\1/g
const endings = ['', '.js', '.mjs', '.cjs', '/index.js']

/**
 * Notes a package that the handler's code imports and only this machine has: in a folder above the source, or left out
 * by rules or as a development dependency. A package that is nowhere is not noted: the code may do without it, or
 * contain it.
 */
export async function leftHereNotes(
  { source, runtime, handler, layers = [] }: PackageSource,
  listing: Listing,
): Promise<string[]> {
  const paths = new Set(listing.files.map(({ path }) => path))
  if (!runtime.startsWith('nodejs') || layers.length > 0 || paths.has('.pnp.cjs')) return []
  const installed = packageNamesOf([...paths])
  const find = (path: string) => endings.map((ending) => path + ending).find((each) => paths.has(each))
  const reached = new Set([find(nodeHandler(handler).module)])
  // Iteration over a set also visits elements that are added meanwhile.
  for (const path of reached) {
    if (path === undefined || !/\.[cm]?js$/.test(path)) continue
    const code = (await listing.read(path)).toString('utf8').replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
    for (const [, , asked = ''] of code.matchAll(asking)) {
      if (asked.startsWith('.')) reached.add(find(posix.join(posix.dirname(path), asked)))
      const name = /^(?:@[\w.-]+\/)?[a-z\d][\w.-]*/.exec(asked)?.[0]
      if (name === undefined || installed.has(name) || isBuiltin(asked) || isNeverPacked(runtime, asked))
        continue
      const folder = folderOf(source, name)
      if (folder !== undefined)
        return [`${path} imports ${name}, which is in ${folder} but not in the package`]
    }
  }
  return []
}

/** The folder where Node finds a package from the source, on this machine. */
function folderOf(source: string, name: string): string | undefined {
  for (let folder = source; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name)
    if (existsSync(join(found, 'package.json'))) return found
    if (folder === dirname(folder)) return undefined
  }
}
