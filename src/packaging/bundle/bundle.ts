import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, posix } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { type Handler, moduleMissing, nodeHandler } from '../model/handler.ts'
import { refused } from '../model/refused.ts'
import type { Built, RunEsbuild } from '../model/run-esbuild.ts'
import type { Bundle, BundleSettings, Entry, PackageOptions, PackageSource } from '../model/types.ts'
import { bundleParts, externalPackages } from './bundle-parts.ts'
import { decoratorNotes } from './decorator-types.ts'
import { ownWarnings, runEsbuild } from './esbuild.ts'
import { withoutOptional } from './optional-imports.ts'
import { banner, bundleOptions } from './options.ts'
import { sdkNotes } from './sdk-notes.ts'
import { esbuildWith } from './with-plugins.ts'

const extensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']

/**
 * Bundles the handler's module and everything that it imports into one module, `<module>.mjs` or `.cjs`, in memory.
 * Packages of the AWS SDK that the runtime is known to have stay out, unless the settings say `sdk: bundle`.
 *
 * @param tools for running plugins
 * @throws LambdactlError PACKAGE_INVALID for a missing module, and for errors of esbuild or of a plugin
 */
export async function bundleFunction(
  { source, runtime, handler: text, bundle }: PackageSource,
  tools: PackageOptions['tools'],
): Promise<Bundle> {
  const settings = typeof bundle === 'boolean' ? {} : bundle
  const handler = nodeHandler(text)
  // The paths are real and relative, so that no path of this machine gets into the bundle.
  const root = await realpath(source)
  const file = await findModule(root, handler)
  const run = withoutOptional(runnerFor(settings, tools))
  const options = bundleOptions(root, runtime, handler, settings)
  const direct = await run({ ...options, entryPoints: [file] })
  const isEsm = direct.metafile.inputs[file]?.format === 'esm'
  if (isEsm || settings.format === 'cjs') return toBundle(root, file, direct, { settings, runtime })
  // esbuild gives a CommonJS entry only a default export, but Lambda looks up the handler by its name.
  const contents = `export { ${handler.exportName} } from './${file}'`
  const named = await run({ ...options, stdin: { contents, resolveDir: root } })
  return toBundle(root, file, named, { settings, runtime })
}

function runnerFor({ plugins = [] }: BundleSettings, tools: PackageOptions['tools']): RunEsbuild {
  if (plugins.length === 0) return tools?.bundler ?? runEsbuild
  if (!tools) throw new LambdactlError('BUG', 'A bundle has plugins, and nothing to run them with.')
  tools.tell(`bundling with ${plugins.map((path) => basename(path)).join(', ')}`)
  return esbuildWith(plugins, tools)
}

async function findModule(root: string, handler: Handler): Promise<string> {
  const folder = posix.dirname(handler.module)
  // A missing folder has no names; the error below says what was expected.
  const names = await readdir(join(root, folder)).catch((): string[] => [])
  const candidates = extensions.map((extension) => `${handler.module}${extension}`)
  const file = candidates.find((candidate) => names.includes(posix.basename(candidate)))
  if (file) {
    // Opening a FIFO would wait for ever.
    if (!(await stat(join(root, file))).isFile()) throw refused(`${file} is not a file`)
    return file
  }
  throw moduleMissing(handler, candidates, names.map((name) => posix.join(folder, name)).toSorted())
}

function toBundle(
  root: string,
  file: string,
  { outputFiles, metafile, warnings, notes: left = [] }: Built,
  { settings: { sdk = 'runtime', plugins = [] }, runtime }: { settings: BundleSettings; runtime: string },
): Bundle {
  const entries = outputFiles.map(({ path, contents }): Entry => {
    const name = path.slice(root.length + 1).replaceAll('\\', '/')
    return { path: name, mode: 0o644, content: Buffer.from(contents) }
  })
  const path = Object.keys(metafile.outputs).find((name) => metafile.outputs[name]?.entryPoint) ?? ''
  const main = entries.find((entry) => entry.path === path)
  const code = (main?.content.toString('utf8') ?? '').replace(banner, '')
  const parts = bundleParts(metafile, file)
  const notes = [
    ...sdkNotes(metafile, runtime, sdk),
    ...ownWarnings(warnings),
    ...left,
    // A plugin may make the types, so the note is left out where there are plugins.
    ...(plugins.length === 0 ? decoratorNotes(root, parts) : []),
  ]
  return { root, path, code, entries, parts, external: externalPackages(metafile, runtime), notes }
}
