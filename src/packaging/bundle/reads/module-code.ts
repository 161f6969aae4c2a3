import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { packageAt } from '../../model/package-at.ts'
import type { Part } from '../../model/types.ts'
import { type NamedFiles, namedFiles } from './named-files.ts'
import { place } from './place-words.ts'

/** A module of a bundle, and the files that it names. */
export interface BundledModule {
  /** Relative to the source. */
  readonly path: string
  /** The package of the module; empty for own code. */
  readonly owner: string
  /** JavaScript. */
  readonly code: string
  readonly named: NamedFiles
}

/** Words in own code that renders with Express or changes its working directory. */
const more = /\.render\(|view engine|\bchdir\(/

/** Reads the modules of a bundle that may name files. */
export async function readModules(root: string, parts: readonly Part[]): Promise<BundledModule[]> {
  return await modulesWhere(
    root,
    parts,
    (text, owner) => place.test(text) || (owner === '' && more.test(text)),
  )
}

/** Reads all own modules of a bundle: they may call one another. */
export async function readOwnModules(root: string, parts: readonly Part[]): Promise<BundledModule[]> {
  return await modulesWhere(root, parts, (_, owner) => owner === '')
}

async function modulesWhere(
  root: string,
  parts: readonly Part[],
  isWanted: (text: string, owner: string) => boolean,
): Promise<BundledModule[]> {
  const found = parts
    .filter(({ size }) => size > 0)
    .map(({ path }) => ({ path, owner: packageAt(path)?.name ?? '', file: join(root, path) }))
    .filter(({ path, file }) => /\.[cm]?[jt]sx?$/.test(path) && existsSync(file))
  const modules = await Promise.all(
    found.map(async ({ path, owner, file }) => {
      const text = readFileSync(file, 'utf8')
      if (!isWanted(text, owner)) return []
      const code = await toJavaScript(text, extname(path))
      return [{ path, owner, code, named: namedFiles(code, owner === '') }]
    }),
  )
  return modules.flat()
}

async function toJavaScript(text: string, extension: string): Promise<string> {
  const loader = ({ '.ts': 'ts', '.mts': 'ts', '.cts': 'ts', '.tsx': 'tsx', '.jsx': 'jsx' } as const)[
    extension
  ]
  if (!loader) return text
  const { transform } = await import('esbuild')
  return await transform(text, { loader }).then(
    ({ code }) => code,
    // esbuild has reported the error already.
    () => '',
  )
}
