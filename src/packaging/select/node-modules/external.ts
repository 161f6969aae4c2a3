import { dirname, join } from 'node:path'
import { isInRuntime } from '../../model/runtime-sdk.ts'
import type { Bundle, PackageFile, PackageSource } from '../../model/types.ts'
import type { NamedPackage } from '../wanted-packages.ts'
import { installCommand } from './install-command.ts'
import { resolvePackage } from './installed.ts'

/**
 * The external packages of a bundle that go into the package beside it. If there are layers, a layer may have them
 * instead.
 */
export function externalToTake(
  { source, runtime, bundle, layers = [] }: Pick<PackageSource, 'source' | 'runtime' | 'bundle' | 'layers'>,
  { root, external }: Pick<Bundle, 'root' | 'external'>,
): NamedPackage[] {
  if (layers.length > 0) return []
  // A package that the code names only at run time is named in the settings.
  const named = settingsOf(bundle).flatMap(
    (path) => /^(?:@[^/*]+\/)?\.?[\w~-][^/*]*(?=\/|$)/.exec(path)?.[0] ?? [],
  )
  const importers = new Map(external.map(({ name, importers: paths }) => [name, paths]))
  return [...new Set([...named, ...importers.keys()])]
    .filter((name) => !isInRuntime(runtime, name))
    .map((name) => {
      const folders = (importers.get(name) ?? []).map((path) => dirname(join(root, path)))
      return { name, from: [source, ...folders] }
    })
}

/**
 * Notes on external packages that nothing includes, one sentence each. A package that is neither named nor installed is
 * optional.
 */
export function leftOutside(
  { source, bundle, layers = [] }: Pick<PackageSource, 'source' | 'bundle' | 'layers'>,
  external: Bundle['external'],
  files: readonly Pick<PackageFile, 'path'>[],
): string[] {
  if (layers.length > 0) return []
  const settings = settingsOf(bundle)
  const isNamed = (name: string) => settings.some((path) => isOf(path, name))
  const missing = external
    .filter(({ name }) => !files.some(({ path }) => path.startsWith(`node_modules/${name}/`)))
    .map(({ name }) => ({ name, isInstalled: resolvePackage(source, name) !== undefined }))
    .filter(({ name, isInstalled }) => isInstalled || isNamed(name))
  return missing.map(({ name, isInstalled }) =>
    isInstalled
      ? `${name} is not in the bundle, and neither include: nor a layer adds it`
      : `${name} is not in the bundle, and not installed: ${installCommand(source)} installs it if package.json names it, or a layer may have it`,
  )
}

/** The values of `external` in the function's settings. */
function settingsOf(bundle: PackageSource['bundle']): readonly string[] {
  return typeof bundle === 'object' ? (bundle.external ?? []) : []
}

/** Tells whether a value of `external` is a package, a module in it, or a pattern for it. */
function isOf(path: string, name: string): boolean {
  const [start = ''] = path.split('*')
  return path.includes('*') ? name.startsWith(start) : path === name || path.startsWith(`${name}/`)
}
