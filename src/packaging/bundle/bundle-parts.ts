import { isBuiltin } from 'node:module'
import type { Metafile } from 'esbuild'
import { isInRuntime, packageName } from '../model/runtime-sdk.ts'
import type { ExternalPackage, Part } from '../model/types.ts'

/** Lists the modules of a bundle, each with its share of bytes and the shortest chain of imports to it. */
export function bundleParts(metafile: Metafile, entry: string): Part[] {
  const importers = importersFrom(metafile, entry)
  const outputs = Object.entries(metafile.outputs).filter(([path]) => !path.endsWith('.map'))
  return outputs.flatMap(([, { inputs }]) =>
    Object.entries(inputs).map(([path, { bytesInOutput }]) => ({
      path,
      size: bytesInOutput,
      because: chainTo(path, importers),
    })),
  )
}

/** The packages that a bundle imports and does not contain, without Node's own modules and those of the runtime. */
export function externalPackages({ inputs, outputs }: Metafile, runtime: string): ExternalPackage[] {
  // The output has no imports of types any more.
  const imports = Object.values(outputs).flatMap(({ imports: all }) => all.filter(({ external }) => external))
  const names = imports.map(({ path }) => packageName(path)).filter((name) => !isInRuntime(runtime, name))
  const importing = (name: string) => (path: string) =>
    inputs[path]?.imports.some(({ path: asked, external }) => external && packageName(asked) === name) ??
    false
  return [...new Set(names.filter(isOthers))]
    .toSorted()
    .map((name) => ({ name, importers: Object.keys(inputs).filter(importing(name)) }))
}

function isOthers(name: string): boolean {
  return !isBuiltin(name) && !/^(?:\.{0,2}$|#|\w+:)/.test(name)
}

/** For each module, its importer on the shortest way from the entry. */
function importersFrom({ inputs }: Metafile, entry: string): ReadonlyMap<string, string | undefined> {
  const importers = new Map<string, string | undefined>([[entry, undefined]])
  for (const importer of importers.keys()) {
    for (const { path } of inputs[importer]?.imports ?? []) {
      if (!importers.has(path)) importers.set(path, importer)
    }
  }
  return importers
}

function chainTo(path: string, importers: ReadonlyMap<string, string | undefined>): string[] {
  const chain: string[] = []
  for (let at = importers.get(path); at !== undefined; at = importers.get(at)) chain.unshift(at)
  return chain
}
