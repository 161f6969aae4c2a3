import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The names, versions and licences of the packages that these files are from, as those licences ask of who passes the
 * packages on.
 *
 * @throws Error for a package that says no licence
 */
export function noticesOf(root: string, files: readonly string[]): string {
  const folders = new Set(files.map(packageFolder).filter((folder) => folder !== undefined))
  const notices = [...folders].toSorted().map((folder) => noticeOf(join(root, folder)))
  const intro = 'lambdactl contains these packages:\n'
  return [intro, ...new Set(notices)].join(`\n${'-'.repeat(80)}\n`)
}

/** Of `node_modules/a/node_modules/@b/c/d.js` it is `node_modules/a/node_modules/@b/c`. */
function packageFolder(file: string): string | undefined {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0]
}

interface PackageFile {
  name: string
  version: string
  license?: string | { type?: string }
}

function noticeOf(folder: string): string {
  const {
    name,
    version,
    license: said,
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile
  // Old packages say it as an object.
  const license = typeof said === 'object' ? said.type : said
  if (typeof license !== 'string') throw new Error(`${folder} says no licence: lambdactl can't contain it.`)
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim())
  return [`${name} ${version}, ${license}`, ...texts].join('\n\n') + '\n'
}

/** The packages that notices name, each as `name version`. */
export function bundledPackages(notices: string): Set<string> {
  return new Set(Array.from(notices.matchAll(/^-{80}\n(\S+ \S+), /gm), ([, name = '']) => name))
}
