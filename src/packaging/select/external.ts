import { dirname, join } from 'node:path'
import { isInRuntime } from '../bundle/runtime-sdk.ts'
import type { Bundle } from '../bundle.ts'
import type { PackageFile, PackageSource } from '../types.ts'
import type { NamedPackage } from './choose-packages.ts'
import { installCommand } from './install-command.ts'
import { resolvePackage } from './installed.ts'

/** The packages that a bundle leaves out and that go beside it: where there are layers, one of them may have them. */
export function externalToTake(
  { source, runtime, bundle, layers = [] }: Pick<PackageSource, 'source' | 'runtime' | 'bundle' | 'layers'>,
  { root, external }: Pick<Bundle, 'root' | 'external'>,
): NamedPackage[] {
  if (layers.length > 0) return []
  const settings = typeof bundle === 'object' ? (bundle.external ?? []) : []
  // Those that code asks for by a name that only running it shows are named too.
  const named = settings.flatMap((path) => /^(?:@[^/*]+\/)?[\w~-][^/*]*(?=\/|$)/.exec(path)?.[0] ?? [])
  const importers = new Map(external.map(({ name, importers: paths }) => [name, paths]))
  return [...new Set([...named, ...importers.keys()])]
    .filter((name) => !isInRuntime(runtime, name))
    .map((name) => {
      const folders = (importers.get(name) ?? []).map((path) => dirname(join(root, path)))
      return { name, from: [source, ...folders] }
    })
}

/** External packages that nothing takes in, a sentence each. */
export function leftOutside(
  { source, layers = [] }: Pick<PackageSource, 'source' | 'layers'>,
  external: Bundle['external'],
  files: readonly Pick<PackageFile, 'path'>[],
): string[] {
  if (layers.length > 0) return []
  const missing = external.filter(
    ({ name }) => !files.some(({ path }) => path.startsWith(`node_modules/${name}/`)),
  )
  return missing.map(({ name }) =>
    resolvePackage(source, name)
      ? `${name} is not in the bundle, and neither include: nor a layer has it`
      : `${name} is not in the bundle, and not installed: ${installCommand(source)} installs what package.json names, or a layer has it`,
  )
}
