import { readdir, readFile, realpath } from 'node:fs/promises'
import { join, posix } from 'node:path'
import type { BuildOptions, Metafile } from 'esbuild'
import { runEsbuild } from './esbuild.ts'
import { type Handler, moduleMissing, nodeHandler } from './handler.ts'
import { requireEsmExport, requireNodeExport } from './node-exports.ts'
import type { Entry, PackageSource } from './types.ts'

const extensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']

/** CommonJS dependencies ask for these, which an ES module doesn't have. */
const banner = [
  "import { createRequire as __createRequire } from 'node:module'",
  "import { dirname as __pathDirname } from 'node:path'",
  "import { fileURLToPath as __fileURLToPath } from 'node:url'",
  'const require = __createRequire(import.meta.url)',
  'const __filename = __fileURLToPath(import.meta.url)',
  'const __dirname = __pathDirname(__filename)',
].join('; ')

export interface Bundle {
  readonly entry: Entry
  /** What each module contributes to the bundle. */
  readonly inputs: readonly { path: string; size: number }[]
}

/**
 * The handler's module and all that it imports as one ES module, `<module>.mjs`, in memory. The AWS SDK is left to the
 * runtime, which has it.
 *
 * @throws LambdactlError PACKAGE_INVALID for a missing module, a missing export, or what esbuild finds wrong
 */
export async function bundleFunction({ source, runtime, handler: text }: PackageSource): Promise<Bundle> {
  const handler = nodeHandler(text)
  // Real and relative paths, so that nothing of this machine gets into the bundle.
  const root = await realpath(source)
  const file = await findModule(root, handler)
  const options = optionsFor(root, runtime, handler)
  const direct = await runEsbuild({ ...options, entryPoints: [file] })
  if (direct.metafile.inputs[file]?.format !== 'cjs') {
    requireEsmExport(handler, file, exportsOf(direct.metafile), direct.outputFiles[0]?.text ?? '')
    return toBundle(handler, direct)
  }
  await requireNodeExport(handler, file, await readFile(join(root, file), 'utf8'))
  // esbuild gives a CommonJS entry only a default export, and Lambda wants the handler by its name.
  const contents = `export { ${handler.exportName} } from './${file}'`
  return toBundle(handler, await runEsbuild({ ...options, stdin: { contents, resolveDir: root } }))
}

function optionsFor(root: string, runtime: string, { module }: Handler): BuildOptions {
  return {
    absWorkingDir: root,
    outfile: join(root, `${module}.mjs`),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: runtime.replace(/^nodejs(\d+)\.x$/, 'node$1'),
    external: ['@aws-sdk/*'],
    banner: { js: banner },
  }
}

async function findModule(root: string, handler: Handler): Promise<string> {
  const folder = posix.dirname(handler.module)
  // A folder that isn't there has no names: the error below says what was expected.
  const names = await readdir(join(root, folder)).catch((): string[] => [])
  const candidates = extensions.map((extension) => `${handler.module}${extension}`)
  const file = candidates.find((candidate) => names.includes(posix.basename(candidate)))
  if (file) return file
  throw moduleMissing(handler, candidates, names.map((name) => posix.join(folder, name)).toSorted())
}

function exportsOf(metafile: Metafile): string[] {
  return Object.values(metafile.outputs)[0]?.exports ?? []
}

function toBundle(handler: Handler, result: Awaited<ReturnType<typeof runEsbuild>>): Bundle {
  const [output] = result.outputFiles
  const shares = Object.values(result.metafile.outputs)[0]?.inputs ?? {}
  const inputs = Object.entries(shares).map(([path, { bytesInOutput }]) => ({ path, size: bytesInOutput }))
  const content = Buffer.from(output?.contents ?? [])
  return { entry: { path: `${handler.module}.mjs`, mode: 0o644, content }, inputs }
}
