import { resolve } from 'node:path'
import * as z from 'zod'
import { isBuiltElsewhere } from '../../function/built-elsewhere.ts'
import { isBundledByDefault } from '../../function/bundled-by-default.ts'
import { leftOut } from '../../function/settings/rows.ts'
import type { HookCommand } from '../../release/plan/hooks.ts'
import { text, type Written } from '../values/fields.ts'
import { requireOwnPath } from '../values/own-path.ts'
import type { Position } from '../values/position.ts'
import { buildSchema, resolveBuild } from './build.ts'
import { type BundleSettings, bundleSchema, resolveBundle } from './bundle.ts'
import { imageSchema } from './image.ts'
import { outputSourceOf } from './output-source.ts'
import { type S3Source, s3SourceOf } from './s3-source.ts'

const runtime = text(
  'a Lambda runtime, as in nodejs24.x or python3.13',
  /^(nodejs\d+\.x|python3\.\d+|ruby\d+\.\d+|java\d+(\.al2)?|dotnet\d+|provided\.al\d+)$/,
)

/** The fields of a function's source as the file writes them. */
export const sourceShape = {
  source: text('a folder, a .zip, s3://bucket/key, or cdk.out#STACK/LOGICAL_ID')
    .optional()
    .describe(
      'A folder, or a ready .zip, relative to lambdactl.yaml; a .zip in S3, as in s3://bucket/key?versionId=…; or a function in the output of `cdk synth`, as in cdk.out#STACK/LOGICAL_ID.',
    ),
  runtime: runtime.optional().describe('A Lambda runtime, as in nodejs24.x.'),
  handler: text("the handler's module and export, as in index.handler")
    .optional()
    .describe('Module and export, as in index.handler. Default for provided runtimes: bootstrap.'),
  image: imageSchema
    .optional()
    .describe('An image in ECR by its digest, in place of source, runtime and handler.'),
  bundle: bundleSchema
    .optional()
    .describe('Bundle with esbuild. Default: true for Node runtimes; false packs the folder as it is.'),
  build: buildSchema
    .optional()
    .describe('A command that makes the source, or a part of it, before it is packaged.'),
  include: z
    .array(text('a path or a pattern of .gitignore, as in dist/'))
    .min(1, 'a path or a pattern at least')
    .optional()
    .describe('The files that go in, relative to source; with a bundle, the files beside it. Default: all.'),
  requirements: z
    .union(
      [z.literal(false, 'false, or a file as in requirements.txt'), text('a file, as in requirements.txt')],
      'false, or a file as in requirements.txt',
    )
    .optional()
    .describe(
      'Python dependencies, relative to source: requirements.txt, pyproject.toml or uv.lock. Default: the first that exists; false installs none.',
    ),
}

/** The fields that `image` replaces. */
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

/** The source of a function's package. */
export interface SourceSettings {
  /** The absolute path of a folder or a ready zip; for an image, the folder of lambdactl.yaml. */
  readonly source: string
  /** A zip in S3 in place of the source, which is then the folder of lambdactl.yaml. */
  readonly s3?: S3Source
  /** A function in the source, which is the output of `cdk synth`: `STACK/LOGICAL_ID`. */
  readonly part?: string
  /** True if an infrastructure tool has built the source. */
  readonly isBuilt?: boolean
  /** Empty for an image, like the handler. */
  readonly runtime: string
  readonly handler: string
  readonly bundle: boolean | BundleSettings
  /** Runs before the source is packaged. */
  readonly build?: HookCommand | undefined
  /** Patterns as in .gitignore, relative to the source; absent: all files. */
  readonly include?: readonly string[] | undefined
  /** Relative to the source; absent: the first file found; false: none. */
  readonly requirements?: string | false | undefined
}

/**
 * The source of a function with defaults, and with `${…}` replaced.
 *
 * @param at the function
 * @throws LambdactlError CONFIG_INVALID
 */
export function resolveSource(fields: Written<typeof sourceShape>, at: Position): SourceSettings {
  const { image, bundle, build, include } = fields
  // The rules between fields make sure that a function without an image, or with code of its own, has a source and a runtime.
  const { source: written = '', runtime: name = '' } = fields
  const { handler = leftOut('handler', { runtime: name }) } = fields
  const filled = at.fill(written, 'source')
  const s3 = s3SourceOf(filled, at.place('source'))
  const { folder = filled, part } = outputSourceOf(filled) ?? {}
  const source = resolve(at.directory, s3 ? '' : folder)
  requireOwnPath(source, at.directory, at.place('source'))
  const place = { source, ...(part !== undefined && { part }) }
  const isBuilt = isBuiltElsewhere(place)
  const { requirements = isBuilt ? false : undefined } = fields
  return {
    ...place,
    ...(isBuilt && { isBuilt }),
    ...(s3 && { s3 }),
    runtime: name,
    handler: image === undefined ? at.fill(handler, 'handler') : '',
    bundle: resolveBundle(bundle, at.below('bundle')) ?? (!s3 && isBundledByDefault(name, place)),
    ...(build && { build: resolveBuild(build, at.below('build')) }),
    ...(include && { include: include.map((pattern, index) => at.fill(pattern, 'include', index)) }),
    ...(requirements !== undefined && {
      requirements: requirements && at.fill(requirements, 'requirements'),
    }),
  }
}
