import { runEsbuild } from '../bundle/esbuild.ts'
import { lookInCommonJs } from './commonjs-exports.ts'
import type { ModuleLook } from './module-look.ts'

/** The names that `export * from` adds are in another module, which is not read. */
const openExports = /^export \* from /m

/**
 * Looks for a name among the exports of a JavaScript module. An ES module lists its exports; a CommonJS module may make
 * them in any way.
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
  // Another Node may understand code that esbuild doesn't.
  if (!parsed) return { seen: 'unsure', names: [] }
  const { exported, plain } = parsed
  if (!exported) return lookInCommonJs(plain, name, has)
  if (exported.includes(name)) return { seen: 'yes', names: exported }
  // Since Node 24, Lambda also looks in the default export.
  const isOpen = openExports.test(plain) || exported.includes('default')
  return { seen: isOpen ? 'unsure' : 'no', names: exported }
}

/** The code without comments, and its exports if it is an ES module. */
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
