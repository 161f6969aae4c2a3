import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Part } from '../../model/types.ts'
import type { BundlePlace } from './lost-files.ts'

/** Packages that hand out the path of their own folder, so that their code names no files. */
const wholeFolders = ['swagger-ui-dist']

/** The folders that packages look for in the function's working directory. */
const startFolders: Readonly<Record<string, string>> = { config: 'config', i18n: 'locales' }

/** Returns the packages of a bundle that are known to need their own folder, which a bundle does not have. */
export function wholePackages(parts: readonly Part[], { paths }: BundlePlace): string[] {
  return wholeFolders.filter(
    (name) => isIn(name, parts) && !paths.some((path) => path.startsWith(`node_modules/${name}/`)),
  )
}

/** Notes on folders of the source that bundled packages are known to look for, and that the package lacks. */
export function startFolderNotes(parts: readonly Part[], { root, paths }: BundlePlace): string[] {
  return Object.entries(startFolders)
    .filter(([name]) => isIn(name, parts))
    .filter(
      ([, folder]) => existsSync(join(root, folder)) && !paths.some((path) => path.startsWith(`${folder}/`)),
    )
    .map(
      ([name, folder]) =>
        `${name} looks for the folder ${folder}, which is not in the package; include: [${folder}/] adds it`,
    )
}

function isIn(name: string, parts: readonly Part[]): boolean {
  return parts.some(({ path, size }) => size > 0 && path.includes(`node_modules/${name}/`))
}
