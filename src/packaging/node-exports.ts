import { extname } from 'node:path'
import type { Loader } from 'esbuild'
import { commonJsExports, mayExport } from './commonjs-exports.ts'
import { runEsbuild } from './esbuild.ts'
import { exportMissing, type Handler } from './handler.ts'

/** What `export * from` brings is in a module that isn't looked into. */
const openExports = /^export \* from /m

/**
 * Refuses a module that doesn't export its handler, as far as that can be seen without running it.
 *
 * @throws LambdactlError PACKAGE_INVALID
 */
export async function requireNodeExport(handler: Handler, file: string, code: string): Promise<void> {
  const loader: Loader = /^\.[cm]?ts$/.test(extname(file)) ? 'ts' : 'js'
  const stdin = { contents: code, sourcefile: file, loader }
  const { metafile, outputFiles } = await runEsbuild({ stdin, outfile: 'module.js' })
  // The same code without comments and types.
  const plain = outputFiles[0]?.text ?? ''
  if (Object.values(metafile.inputs)[0]?.format === 'esm') {
    requireEsmExport(handler, file, Object.values(metafile.outputs)[0]?.exports ?? [], plain)
  } else if (!mayExport(plain, handler.exportName)) {
    throw exportMissing(handler, file, commonJsExports(plain).names)
  }
}

/**
 * Refuses an ES module whose exports, as esbuild lists them, lack the handler.
 *
 * @throws LambdactlError PACKAGE_INVALID
 */
export function requireEsmExport(
  handler: Handler,
  file: string,
  exported: readonly string[],
  code: string,
): void {
  if (exported.includes(handler.exportName) || openExports.test(code)) return
  throw exportMissing(handler, file, exported)
}
