import { dirname, join } from 'node:path'
import { isInRuntime } from '../../model/runtime-sdk.ts'
import type { Bundle, PackageFile, PackageSource } from '../../model/types.ts'
import type { NamedPackage } from './choose-packages.ts'
import { installCommand } from './install-command.ts'
import { resolvePackage } from './installed.ts'

/** The packages that a bundle leaves out and that go beside it: where there are layers, one of them may have them. */
export function externalToTake(
  { source, runtime, bundle, layers = [] }: Pick<PackageSource, 'source' | 'runtime' | 'bundle' | 'layers'>,
  { root, external }: Pick<Bundle, 'root' | 'external'>,
): NamedPackage[] {
  if (layers.length > 0) return []
  // Those that code asks for by a name that only running it shows are named too.
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

/** External packages that nothing takes in, a sentence each. One that nobody named, and that is not installed, is optional. */
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
      ? `${name} is not in the bundle, and neither include: nor a layer has it`
      : `${name} is not in the bundle, and not installed: ${installCommand(source)} installs what package.json names, or a layer has it`,
  )
}

/** The paths of `external`, as the function's settings have them. */
function settingsOf(bundle: PackageSource['bundle']): readonly string[] {
  return typeof bundle === 'object' ? (bundle.external ?? []) : []
}

/** Whether a path of `external` is that of a package, of a module in it, or a pattern for it. */
function isOf(path: string, name: string): boolean {
  const [start = ''] = path.split('*')
  return path.includes('*') ? name.startsWith(start) : path === name || path.startsWith(`${name}/`)
}
