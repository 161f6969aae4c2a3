import { join } from 'node:path'
import { LambdactlError } from '../../../errors/error.ts'
import { areOptional, dependenciesOf } from '../../model/package-json.ts'
import { isInRuntime, mayBeInRuntime } from '../../model/runtime-sdk.ts'
import type { Listing, PackageSource } from '../../model/types.ts'
import { installCommand } from './install-command.ts'

const ownCode = /^(?!(?:.*\/)?node_modules\/).*\.[cm]?js$/

/**
 * Refuses a Node folder that is packed without any dependency if its package.json names one that its code imports:
 * nobody installed them. If a layer may have it, or other dependencies are there, so that its absence may be intended,
 * a note is enough.
 *
 * @returns notes for a person, one sentence each
 * @throws LambdactlError PACKAGE_INVALID
 */
export async function requireDependencies(
  fn: Pick<PackageSource, 'source' | 'runtime' | 'layers'>,
  listing: Listing,
): Promise<string[]> {
  const paths = listing.files.map(({ path }) => path)
  if (!fn.runtime.startsWith('nodejs') || !paths.includes('package.json') || paths.includes('.pnp.cjs'))
    return []
  const text = (await listing.read('package.json')).toString('utf8')
  const wanted = Object.keys(dependenciesOf(text)).filter((name) => !isNeverPacked(fn.runtime, name))
  const installed = wanted.length > 0 ? packageNamesOf(paths) : new Set()
  const missing = wanted.filter((name) => !installed.has(name) && !areOptional(text, name))
  if (missing.length === 0) return []
  for (const path of paths.filter((each) => ownCode.test(each))) {
    const code = (await listing.read(path)).toString('utf8')
    const name = missing.find((each) => asksFor(code, each))
    if (name === undefined) continue
    if ((fn.layers ?? []).length === 0 && installed.size === 0 && !mayBeInRuntime(fn.runtime, name))
      throw notInstalled(fn.source, path, name)
    return [`${name}, which ${path} imports and package.json names, is not in the package`]
  }
  return []
}

/** Tells whether a package never needs to be in the zip: the runtime has it, or it holds types only. */
export function isNeverPacked(runtime: string, module: string): boolean {
  return module.startsWith('@types/') || isInRuntime(runtime, module)
}

/** The names of the packages that own these files. */
export function packageNamesOf(paths: readonly string[]): ReadonlySet<string> {
  const start = 'node_modules/'
  const names = new Set<string>()
  for (const path of paths.filter((each) => each.includes(start))) {
    const at = path.lastIndexOf(start)
    const [scope = '', name = ''] = path.slice(at + start.length).split('/', 2)
    names.add(scope.startsWith('@') ? `${scope}/${name}` : scope)
  }
  return names
}

/** Tells whether code requires or imports a package, at once or later. */
function asksFor(code: string, name: string): boolean {
  const quoted = `["'\`]${name.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)}(?:/[^"'\`]*)?["'\`]`
  return new RegExp(String.raw`\b(?:(?:require|import)\s*\(\s*|from\s*|import\s*)${quoted}`).test(code)
}

function notInstalled(source: string, path: string, name: string): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `${path} imports ${name}, which package.json names, and the package doesn't have it: expected ${join(source, 'node_modules', name)}, got none.`,
    {
      next: [
        `Install it, by hand or in build: ${installCommand(source)}. Or have it bundled: bundle: true.`,
        'If a layer has it, name the layer in layers:. If it may be missing, write it under optionalDependencies in package.json.',
      ],
    },
  )
}
