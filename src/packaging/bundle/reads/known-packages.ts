import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Part } from '../../model/types.ts'
import type { BundlePlace } from './lost-files.ts'

/** Packages that give their own folder away as a whole, so that nothing in their code names its files. */
const wholeFolders = ['swagger-ui-dist']

/** The folders that packages look for where Lambda starts the function. */
const startFolders: Readonly<Record<string, string>> = { config: 'config', i18n: 'locales' }

/** Returns the names of packages in a bundle that are known to need their own folder, which it does not have. */
export function wholePackages(parts: readonly Part[], { paths }: BundlePlace): string[] {
  return wholeFolders.filter(
    (name) => isIn(name, parts) && !paths.some((path) => path.startsWith(`node_modules/${name}/`)),
  )
}

/** Notes on folders of the source that packages in a bundle are known to look for, and that are not in the package. */
export function startFolderNotes(parts: readonly Part[], { root, paths }: BundlePlace): string[] {
  return Object.entries(startFolders)
    .filter(([name]) => isIn(name, parts))
    .filter(
      ([, folder]) => existsSync(join(root, folder)) && !paths.some((path) => path.startsWith(`${folder}/`)),
    )
    .map(
      ([name, folder]) =>
        `${name} looks for the folder ${folder}, which is not in the package; include: [${folder}/] takes it in`,
    )
}

function isIn(name: string, parts: readonly Part[]): boolean {
  return parts.some(({ path, size }) => size > 0 && path.includes(`node_modules/${name}/`))
}
