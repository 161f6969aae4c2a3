import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseAst } from 'vitest/node'

export interface Import {
  /** As written: `./x.ts`, `ink`, `node:fs`. */
  specifier: string
  kind: 'static' | 'dynamic' | 'type'
}

const kinds: Record<string, (node: Node) => Import['kind']> = {
  ImportDeclaration: (node) => (node['importKind'] === 'type' ? 'type' : 'static'),
  ExportNamedDeclaration: (node) => (node['exportKind'] === 'type' ? 'type' : 'static'),
  ExportAllDeclaration: (node) => (node['exportKind'] === 'type' ? 'type' : 'static'),
  ImportExpression: () => 'dynamic',
  TSImportType: () => 'type',
}

type Node = Record<string, unknown>

/** The TypeScript files under `root/folder`, as paths from `root`, sorted. */
export function sourceFiles(root: string, folder: string): string[] {
  return globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }).toSorted()
}

/** Every import and re-export of a file under `root`, read from its syntax tree. */
export function importsOf(root: string, file: string): Import[] {
  if (file.endsWith('.json')) return []
  const lang = file.endsWith('x') ? 'tsx' : 'ts'
  return [...importsIn(parseAst(readFileSync(join(root, file), 'utf8'), { lang }))]
}

/** Where a relative specifier leads, as a path from `root`; undefined for a package. */
export function targetOf(root: string, file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined
  return relative(root, join(root, dirname(file), specifier))
}

function* importsIn(value: unknown): Generator<Import> {
  if (!isNode(value)) return
  const specifier = isNode(value['source']) ? value['source']['value'] : undefined
  const kind = kinds[String(value['type'])]
  if (kind && typeof specifier === 'string') yield { specifier, kind: kind(value) }
  for (const child of Object.values(value)) yield* importsIn(child)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}
