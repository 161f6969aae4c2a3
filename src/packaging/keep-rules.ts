import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import createIgnore from 'ignore'
import { defaultRules } from './excludes.ts'

/**
 * The rules of a `.lambdactlignore` by which a package of the folder keeps files that the defaults leave out, so that it has
 * what was deployed: empty where there are none.
 *
 * @param paths of the folder's files, relative to it
 */
export async function keepRules(folder: string, paths: readonly string[]): Promise<string[]> {
  const needed = defaultRules.filter((rule) => {
    const matcher = createIgnore({ ignorecase: false, allowRelativePaths: true }).add(rule)
    return paths.some((path) => matcher.ignores(path))
  })
  const keys: string[] = []
  for (const path of paths.filter((each) => each.endsWith('.pem'))) {
    if ((await readFile(join(folder, path), 'latin1')).includes('PRIVATE KEY-----')) keys.push(path)
  }
  return [...needed, ...keys.map((path) => `/${literal(path)}`)].map((rule) => `!${rule}`)
}

/** A path as a gitignore rule that means nothing but it. */
function literal(path: string): string {
  return path.replace(/[\\*?[\]!# ]/g, '\\$&')
}
