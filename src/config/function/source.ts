import { resolve } from 'node:path'
import * as z from 'zod'
import type { MergedFunction } from '../service/overrides.ts'
import type { Config, ResolvedFunction } from '../types.ts'
import { text } from '../values/fields.ts'
import { type Fill, interpolate, type Scope } from '../values/interpolate.ts'
import { requireOwnPath } from '../values/own-path.ts'
import { buildSchema, resolveBuild } from './build.ts'
import { bundleSchema } from './bundle.ts'
import { resolveImage } from './image.ts'

const runtime = text(
  'a Lambda runtime, as in nodejs24.x or python3.13',
  /^(nodejs\d+\.x|python3\.\d+|ruby\d+\.\d+|java\d+(\.al2)?|dotnet\d+|provided\.al\d+)$/,
)

const imageSchema = z.strictObject({
  uri: text("an image's URI with its digest").describe('The URI in ECR with @sha256:…; a tag is refused.'),
  command: z.array(text('text in quotes')).optional().describe("Beats the image's CMD."),
  entryPoint: z.array(text('text in quotes')).optional().describe("Beats the image's ENTRYPOINT."),
  workingDirectory: text('a folder of the image').optional().describe("Beats the image's WORKDIR."),
})

/** The fields of a function's source, as they are written. */
export const sourceShape = {
  source: text('a folder or a .zip')
    .optional()
    .describe('A folder, or a ready .zip, relative to lambdactl.yaml.'),
  runtime: runtime.optional().describe('A Lambda runtime, as in nodejs24.x.'),
  handler: text("the handler's module and export, as in index.handler")
    .optional()
    .describe('Module and export, as in index.handler. Default for provided runtimes: bootstrap.'),
  image: z
    .union([z.string(), imageSchema], "an image's URI with its digest, or a map of uri, command, …")
    .optional()
    .describe('An image in ECR by its digest, in place of source, runtime and handler.'),
  bundle: z
    .union([z.boolean(), bundleSchema])
    .optional()
    .describe('Bundle with esbuild. Default: true for Node runtimes; false packs the folder as it is.'),
  build: buildSchema.optional().describe('Makes the source, or a part of it, before it is packaged.'),
  include: z
    .array(text('a path or a pattern of .gitignore, as in dist/'))
    .min(1, 'a path or a pattern at least')
    .optional()
    .describe('What goes in, relative to source; beside the bundle where there is one. Default: all.'),
  requirements: z
    .union(
      [z.literal(false, 'false, or a file as in requirements.txt'), text('a file, as in requirements.txt')],
      'false, or a file as in requirements.txt',
    )
    .optional()
    .describe(
      'Python dependencies, relative to source: requirements.txt, pyproject.toml or uv.lock. Default: what is there of them; false installs none.',
    ),
}

/** The fields that an image takes the place of. */
export const notWithImage = [
  'source',
  'runtime',
  'handler',
  'bundle',
  'build',
  'include',
  'requirements',
  'layers',
  'sourceKmsKey',
  'codeSigning',
  'runtimeUpdates',
] as const

type Source = Pick<
  ResolvedFunction,
  'source' | 'runtime' | 'handler' | 'image' | 'bundle' | 'build' | 'include' | 'requirements'
>

/** Resolves the source of a function: fills in `${…}` and defaults. */
export function resolveSource(config: Config, merged: MergedFunction, scope: Scope): Source {
  const { fields, origin } = merged
  const image = resolveImage(merged, scope)
  // The rules between fields see to it that there is a source and a runtime where there is no image.
  const { source: written = '', runtime: name = '', handler = 'bootstrap', include, requirements } = fields
  // A package is the same whether it is made by a deploy or by `package`, which reads nothing.
  const inside: Scope = { ...scope, readReference: undefined }
  const fill: Fill = (template, ...field) => interpolate(template, inside, origin(field))
  const source = resolve(config.directory, fill(written, 'source'))
  requireOwnPath(source, config.directory, config.place(origin(['source'])))
  const isZip = source.endsWith('.zip')
  const build = resolveBuild(config, merged, inside)
  return {
    source,
    runtime: name,
    handler: image ? '' : fill(handler, 'handler'),
    bundle: resolveBundle(config, merged) ?? (name.startsWith('nodejs') && !isZip),
    ...(image && { image }),
    ...(build && { build }),
    ...(include && { include: include.map((pattern, index) => fill(pattern, 'include', index)) }),
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
