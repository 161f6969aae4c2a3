import { runEsbuild } from '../bundle/esbuild.ts'
import { lookInCommonJs } from './commonjs-exports.ts'
import type { ModuleLook } from './look-for-handler.ts'

/** The names that `export * from` brings are in a module that isn't looked into. */
const openExports = /^export \* from /m

/**
 * Looks for a name among what a JavaScript module exports. An ES module lists its exports; one of CommonJS may make them in
 * any way.
 *
 * @param has whether the package has a path that starts so
 */
export async function lookInNode(
  code: string,
  name: string,
  file: string,
  has: (start: string) => boolean,
): Promise<ModuleLook> {
  const parsed = await parse(code, file)
  // Another Node may understand what esbuild doesn't.
  if (!parsed) return { seen: 'unsure', names: [] }
  const { exported, plain } = parsed
  if (!exported) return lookInCommonJs(plain, name, has)
  if (exported.includes(name)) return { seen: 'yes', names: exported }
  // From Node 24 on, Lambda looks into what a default export has.
  const isOpen = openExports.test(plain) || exported.includes('default')
  return { seen: isOpen ? 'unsure' : 'no', names: exported }
}

/** The code without comments, and what it exports where it is an ES module. */
interface Parsed {
  readonly plain: string
  readonly exported: readonly string[] | undefined
}

async function parse(code: string, file: string): Promise<Parsed | undefined> {
  try {
    const stdin = { contents: code, sourcefile: file, loader: 'js' } as const
    const { metafile, outputFiles } = await runEsbuild({ stdin, outfile: 'module.js' })
    const isEsm = Object.values(metafile.inputs)[0]?.format === 'esm'
    const exported = Object.values(metafile.outputs)[0]?.exports ?? []
    return {
      plain: Buffer.from(outputFiles[0]?.contents ?? []).toString(),
      exported: isEsm ? exported : undefined,
    }
  } catch {
    return undefined
  }
}
