/**
 * The function's own files in a package, to show a person: code at the top first, without the files of dependencies and
 * their descriptions.
 */
export function ownFiles(paths: readonly string[]): string[] {
  const installed = installedNames(paths)
  const own = paths.filter((path) => isOwn(path, installed))
  return own.toSorted((a, b) => Number(isTopCode(b)) - Number(isTopCode(a)))
}

const describing = /(?:^|\/)(?:[^/]+\.(?:dist|egg)-info|__pycache__)\//

function isOwn(path: string, installed: ReadonlySet<string>): boolean {
  if (describing.test(path) || /(?:^|\/)node_modules\//.test(path)) return false
  const [top = ''] = path.split('/')
  return !installed.has(plain(top.replace(/\..*$/, '')))
}

function isTopCode(path: string): boolean {
  return /^[^/]+\.(?:[cm]?js|py)$/.test(path)
}

/** The names of installed Python packages, by the folders that describe them. */
function installedNames(paths: readonly string[]): ReadonlySet<string> {
  const names = paths.flatMap((path) => /^([^/]+?)-[^/-]+\.(?:dist|egg)-info\//.exec(path)?.[1] ?? [])
  return new Set(names.map(plain))
}

/** A distribution and its folder may differ in case, hyphens and dots. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.]+/g, '_')
}
