import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, sep } from 'node:path'
import { refused } from '../../model/refused.ts'
import { isInstalled } from './installed.ts'
import type { Placed } from './lay-out.ts'

/**
 * Refuses a link of node_modules that leads out of the source to anything except a package: a folder without a
 * package.json, a folder around the source, or one that is private to the user. Links in code may not leave the source
 * either.
 *
 * @throws LambdactlError PACKAGE_INVALID
 */
export function requirePackages(packages: readonly Placed[], source: string): void {
  for (const { path, folder } of packages) {
    if (isWithin(folder, source) || isInstalled(folder)) continue
    const isPackage = existsSync(join(folder, 'package.json')) && !isWithin(source, folder)
    if (!isPackage || isPrivate(folder, source))
      throw refused(`the link ${path} leaves the folder, to ${folder}, which is not a package of the project`)
  }
}

/** The user's home, a folder above it, or a folder in it such as .config, unless the project itself lies in that. */
function isPrivate(folder: string, source: string): boolean {
  const home = homedir()
  if (isWithin(home, folder)) return true
  const hidden = folder.startsWith(`${home}${sep}.`) ? folder.slice(home.length + 1).split(sep)[0] : undefined
  return hidden !== undefined && !isWithin(source, join(home, hidden))
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`)
}
