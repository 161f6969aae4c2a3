import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { FunctionPackage } from '../../../../src/packaging/model/types.ts'
import { zippedFiles } from '../../../../src/packaging/unzip/ready-zip.ts'

/** A package in a store, by `name@version`. */
export interface StoredPackage {
  /** The code of its index.js. */
  code: string
  /** Names that it finds beside it, and which packages of the store they are. */
  links?: Record<string, string>
  /** More of its package.json. */
  manifest?: object
}

/** Lays a node_modules out as pnpm does; the packages of `top` are linked to from the folders that have them. */
export async function installed(
  root: string,
  packages: Record<string, StoredPackage>,
  top: Record<string, Record<string, string>>,
  store = 'node_modules/.pnpm',
): Promise<void> {
  const folderOf = (id: string) => join(root, store, id.replace('/', '+'), 'node_modules', nameOf(id))
  for (const [id, { code, links = {}, manifest = {} }] of Object.entries(packages)) {
    const version = id.slice(id.lastIndexOf('@') + 1)
    const text = JSON.stringify({ name: nameOf(id), version, main: 'index.js', ...manifest })
    await write(join(folderOf(id), 'package.json'), text)
    await write(join(folderOf(id), 'index.js'), code)
    const modules = join(root, store, id.replace('/', '+'), 'node_modules')
    for (const [name, target] of Object.entries(links)) await link(join(modules, name), folderOf(target))
  }
  for (const [folder, names] of Object.entries(top)) {
    for (const [name, id] of Object.entries(names))
      await link(join(root, folder, 'node_modules', name), folderOf(id))
  }
}

/** A link as package managers make them: relative, to a folder. */
export async function link(path: string, target: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await symlink(relative(dirname(path), target), path)
}

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

function nameOf(id: string): string {
  return id.slice(0, id.lastIndexOf('@'))
}

/** The packages of a package by the paths of their package.json, sorted. */
export function packagesOf({ files }: Pick<FunctionPackage, 'files'>): string[] {
  const manifest = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\/package\.json$/
  return files.flatMap(({ path }) => manifest.exec(path)?.[1] ?? []).toSorted()
}

/** Whether a zip has links. */
export async function linksOf({ zip }: Pick<FunctionPackage, 'zip'>): Promise<string[]> {
  const files = await zippedFiles(zip, 'the package')
  return files.filter(({ isLink }) => isLink).map(({ path }) => path)
}
