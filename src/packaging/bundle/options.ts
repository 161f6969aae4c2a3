import { join } from 'node:path'
import type { BuildOptions } from 'esbuild'
import type { Handler } from '../model/handler.ts'
import { runtimePackages } from '../model/runtime-sdk.ts'
import type { BundleSettings } from '../model/types.ts'

/**
 * CommonJS dependencies use these names, which an ES module doesn't have. A module that declares them itself keeps its
 * own: esbuild replaces only names that nothing declares. esbuild handles `require` itself.
 */
export const banner = [
  "import { createRequire as __createRequire } from 'node:module'",
  "import { dirname as __pathDirname } from 'node:path'",
  "import { fileURLToPath as __fileURLToPath } from 'node:url'",
  'const require = __createRequire(import.meta.url)',
  'const __bundleFile = __fileURLToPath(import.meta.url)',
  'const __bundleFolder = __pathDirname(__bundleFile)',
].join('; ')
const define = { __filename: '__bundleFile', __dirname: '__bundleFolder' }

/**
 * Returns esbuild's options, which are plain data, for a function's bundle.
 *
 * @param root the folder that paths are relative to
 */
export function bundleOptions(
  root: string,
  runtime: string,
  { module }: Handler,
  settings: BundleSettings,
): BuildOptions {
  const { format = 'esm', sourcemap = false, minify = false, external = [], sdk = 'runtime' } = settings
  const { loader, mainFields, conditions, keepNames = minify } = settings
  return {
    absWorkingDir: root,
    outfile: join(root, `${module}${format === 'esm' ? '.mjs' : '.cjs'}`),
    bundle: true,
    format,
    platform: 'node',
    target: runtime.replace(/^nodejs(\d+)\.x$/, 'node$1'),
    external: [...(sdk === 'runtime' ? runtimePackages(runtime) : []), ...external],
    ...(format === 'esm' && { banner: { js: banner }, define }),
    ...(loader && { loader }),
    ...(mainFields && { mainFields: [...mainFields] }),
    // esbuild drops its own default condition `module` once others are given.
    ...(conditions && { conditions: ['module', ...conditions] }),
    keepNames,
    minify,
    sourcemap,
  }
}
