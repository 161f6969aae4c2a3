import { resolve } from 'node:path'
import type { MergedFunction } from '../service/overrides.ts'
import type { Config, ResolvedFunction } from '../types.ts'
import { type Fill, interpolate, type Scope } from '../values/interpolate.ts'
import { requireOwnPath } from '../values/own-path.ts'
import { resolveBuild } from './build.ts'
import { resolveImage } from './image.ts'

type Source = Pick<
  ResolvedFunction,
  'source' | 'runtime' | 'handler' | 'image' | 'bundle' | 'build' | 'include' | 'requirements'
>

/** Resolves the source of a function: fills in `${…}` and defaults. */
export function resolveSource(config: Config, merged: MergedFunction, scope: Scope): Source {
  const { fields, origin } = merged
  const image = resolveImage(merged, scope)
  // The rules between fields see to it that there is a source and a runtime where there is no image.
  const { source: written = '', runtime = '', handler = 'bootstrap', include, requirements } = fields
  // A package is the same whether it is made by a deploy or by `package`, which reads nothing.
  const inside: Scope = { ...scope, readReference: undefined }
  const fill: Fill = (text, ...field) => interpolate(text, inside, origin(field))
  const source = resolve(config.directory, fill(written, 'source'))
  requireOwnPath(source, config.directory, config.place(origin(['source'])))
  const isZip = source.endsWith('.zip')
  const build = resolveBuild(config, merged, inside)
  return {
    source,
    runtime,
    handler: image ? '' : fill(handler, 'handler'),
    bundle: resolveBundle(config, merged) ?? (runtime.startsWith('nodejs') && !isZip),
    ...(image && { image }),
    ...(build && { build }),
    ...(include && { include: include.map((text, index) => fill(text, 'include', index)) }),
    ...(requirements !== undefined && { requirements: requirements && fill(requirements, 'requirements') }),
  }
}

/** Returns the settings of the bundle with the plugins' absolute paths. */
function resolveBundle(
  config: Config,
  { fields, origin }: MergedFunction,
): MergedFunction['fields']['bundle'] {
  const { bundle } = fields
  if (typeof bundle !== 'object' || !bundle.plugins) return bundle
  const plugins = bundle.plugins.map((written, index) => {
    const path = resolve(config.directory, written)
    requireOwnPath(path, config.directory, config.place(origin(['bundle', 'plugins', index])))
    return path
  })
  return { ...bundle, plugins }
}
