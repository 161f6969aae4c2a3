import { resolve } from 'node:path'
import * as z from 'zod'
import { text } from '../values/fields.ts'
import { requireOwnPath } from '../values/own-path.ts'
import type { Position } from '../values/position.ts'

/** esbuild's loaders; `copy` and `file` put the file beside the bundle. */
const loaders = [
  'text',
  'json',
  'binary',
  'base64',
  'dataurl',
  'file',
  'copy',
  'empty',
  'js',
  'jsx',
  'ts',
  'tsx',
] as const

const mapSchema = z.strictObject({
  format: z.enum(['esm', 'cjs']).optional().describe('Default: esm.'),
  sourcemap: z
    .boolean()
    .optional()
    .describe('Put a source map into the package. Node reads it with NODE_OPTIONS: --enable-source-maps.'),
  minify: z.boolean().optional(),
  keepNames: z
    .boolean()
    .optional()
    .describe(
      'Functions and classes keep the names that the code gives them. Default: true if minify is true.',
    ),
  external: z
    .array(text("a package's name, as in sharp"))
    .optional()
    .describe(
      'Packages that are not bundled, and go in beside the bundle with their dependencies; a layer may have them instead.',
    ),
  loader: z
    .record(text('an ending, as in ".sql"', /^\.[^\s/\\]+$/), z.enum(loaders))
    .optional()
    .describe('esbuild\'s loader for each file ending, as in {".sql": text}.'),
  mainFields: z
    .array(text('a field of package.json, as in module'))
    .min(1, 'a field at least, as in module')
    .optional()
    .describe(
      'The fields of package.json that name a module if it has no exports, in order of preference. Default: main, module.',
    ),
  conditions: z
    .array(text('a condition of exports, as in production'))
    .optional()
    .describe('Conditions for the exports of package.json, beside node, module, import and require.'),
  plugins: z
    .array(text('the path of an ES module, as in ./bundle/graphql.mjs'))
    .optional()
    .describe(
      'ES modules, relative to lambdactl.yaml, whose default export is an esbuild plugin, a list of them, or a function that returns either.',
    ),
  sdk: z
    .enum(['bundle', 'runtime'])
    .optional()
    .describe("The AWS SDK that runs: the bundle's own, or the runtime's. Default: runtime."),
})

/** `bundle` as the file writes it. */
export const bundleSchema = z.union([z.boolean(), mapSchema])

/** The settings of a bundle as the file writes them. */
export type BundleSettings = z.output<typeof mapSchema>

/** The settings with the plugins' absolute paths. */
export function resolveBundle(
  bundle: boolean | BundleSettings | undefined,
  at: Position,
): boolean | BundleSettings | undefined {
  if (typeof bundle !== 'object' || !bundle.plugins) return bundle
  const plugins = bundle.plugins.map((written, index) => {
    const path = resolve(at.directory, written)
    requireOwnPath(path, at.directory, at.place('plugins', index))
    return path
  })
  return { ...bundle, plugins }
}
