import { readdir, realpath, stat } from 'node:fs/promises'
import { join, posix } from 'node:path'
import type { BuildOptions, Metafile } from 'esbuild'
import { bundleParts, externalPackages, importsSdk } from './bundle-parts.ts'
import { ownWarnings, runEsbuild } from './esbuild.ts'
import { type Handler, moduleMissing, nodeHandler } from './handler.ts'
import { refused } from './refused.ts'
import type { BundleSettings, Entry, PackageSource, Part } from './types.ts'

const extensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']

/**
 * CommonJS dependencies ask for these, which an ES module doesn't have. Where a module makes its own, as most ES modules do
 * that need them, it keeps them: only names that nothing declares are replaced. `require` esbuild sees to itself.
 */
const banner = [
  "import { createRequire as __createRequire } from 'node:module'",
  "import { dirname as __pathDirname } from 'node:path'",
  "import { fileURLToPath as __fileURLToPath } from 'node:url'",
  'const require = __createRequire(import.meta.url)',
  'const __bundleFile = __fileURLToPath(import.meta.url)',
  'const __bundleFolder = __pathDirname(__bundleFile)',
].join('; ')
const define = { __filename: '__bundleFile', __dirname: '__bundleFolder' }

export interface Bundle {
  /** The folder that the parts are relative to. */
  readonly root: string
  /** The bundle's code without what is put in front of it. */
  readonly code: string
  /** The bundle, and its source map where one is wanted. */
  readonly entries: readonly Entry[]
  /** The modules, each with its share of the bundle. */
  readonly parts: readonly Part[]
  /** The packages that it imports and leaves out. */
  readonly external: readonly string[]
  readonly notes: readonly string[]
}

/**
 * The handler's module and all that it imports as one module, `<module>.mjs` or `.cjs`, in memory. The AWS SDK is left to
 * the runtime, which has it, unless the settings say otherwise.
 *
 * @throws LambdactlError PACKAGE_INVALID for a missing module, or what esbuild finds wrong
 */
export async function bundleFunction({
  source,
  runtime,
  handler: text,
  bundle,
}: PackageSource): Promise<Bundle> {
  const settings = typeof bundle === 'boolean' ? {} : bundle
  const handler = nodeHandler(text)
  // Real and relative paths, so that nothing of this machine gets into the bundle.
  const root = await realpath(source)
  const file = await findModule(root, handler)
  const options = optionsFor(root, runtime, handler, settings)
  const direct = await runEsbuild({ ...options, entryPoints: [file] })
  const isEsm = direct.metafile.inputs[file]?.format === 'esm'
  if (isEsm || settings.format === 'cjs') return toBundle(root, file, direct, settings)
  // esbuild gives a CommonJS entry only a default export, and Lambda wants the handler by its name.
  const contents = `export { ${handler.exportName} } from './${file}'`
  const named = await runEsbuild({ ...options, stdin: { contents, resolveDir: root } })
  return toBundle(root, file, named, settings)
}

function optionsFor(
  root: string,
  runtime: string,
  { module }: Handler,
  { format = 'esm', sourcemap = false, minify = false, external = [], sdk = 'runtime' }: BundleSettings,
): BuildOptions {
  return {
    absWorkingDir: root,
    outfile: join(root, `${module}${format === 'esm' ? '.mjs' : '.cjs'}`),
    bundle: true,
    format,
    platform: 'node',
    target: runtime.replace(/^nodejs(\d+)\.x$/, 'node$1'),
    external: [...(sdk === 'runtime' ? ['@aws-sdk/*'] : []), ...external],
    ...(format === 'esm' && { banner: { js: banner }, define }),
    minify,
    sourcemap,
  }
}

async function findModule(root: string, handler: Handler): Promise<string> {
  const folder = posix.dirname(handler.module)
  // A folder that isn't there has no names: the error below says what was expected.
  const names = await readdir(join(root, folder)).catch((): string[] => [])
  const candidates = extensions.map((extension) => `${handler.module}${extension}`)
  const file = candidates.find((candidate) => names.includes(posix.basename(candidate)))
  if (file) {
    // Whoever opened a FIFO would wait for ever.
    if (!(await stat(join(root, file))).isFile()) throw refused(`${file} is no file`)
    return file
  }
  throw moduleMissing(handler, candidates, names.map((name) => posix.join(folder, name)).toSorted())
}

function toBundle(
  root: string,
  file: string,
  { outputFiles, metafile, warnings }: Awaited<ReturnType<typeof runEsbuild>>,
  { sdk = 'runtime' }: BundleSettings,
): Bundle {
  const entries = outputFiles.map(({ path, contents }): Entry => {
    const name = path.slice(root.length + 1).replaceAll('\\', '/')
    return { path: name, mode: 0o644, content: Buffer.from(contents) }
  })
  const notes = [...sdkNotes(metafile, sdk), ...ownWarnings(warnings)]
  const code = (outputFiles.at(-1)?.text ?? '').replace(banner, '')
  const parts = bundleParts(metafile, file)
  return { root, code, entries, parts, external: externalPackages(metafile), notes }
}

function sdkNotes(metafile: Metafile, sdk: 'bundle' | 'runtime'): string[] {
  if (!importsSdk(metafile)) return []
  return sdk === 'bundle'
    ? ['the AWS SDK is in the bundle']
    : ["the AWS SDK is the runtime's own, not in the bundle (bundle: {sdk: bundle} takes it in)"]
}
