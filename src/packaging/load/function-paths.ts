/** The absolute paths around a handler that is being loaded. */
export interface LoadingPlaces {
  /** The temporary folder; the package is in `package` below it. */
  readonly folder: string
  /** lambdactl's own program that loads the handler. */
  readonly loader: string
}

/** The folder of the package on Lambda. */
const taskRoot = '/var/task'

/**
 * Rewrites a module's output so that a person can read it: paths of the package are relative to it, and lines of a
 * stack that name the temporary folder or lambdactl's own program are left out.
 */
export function inFunctionPaths(text: string, { folder, loader }: LoadingPlaces): string {
  const own = loader.slice(loader.lastIndexOf('/') + 1)
  const root = loader.slice(0, -own.length)
  return text
    .split('\n')
    .map((line) => line.replaceAll(new RegExp(` imported from (?:file://)?${escaped(root)}\\S*`, 'g'), ''))
    .filter((line) => !line.includes(root) && !isEmptyRest(line))
    .join('\n')
    .replace(/\nRequire stack:(?=\n(?!- )|$)/g, '')
    .replaceAll(new RegExp(`(?:file://)?${escaped(folder)}/package/`, 'g'), '')
    .replaceAll(new RegExp(`(?:file://)?${escaped(folder)}/package\\b`, 'g'), taskRoot)
    .replaceAll(new RegExp(`(?:file://)?${escaped(folder)}/stub-\\d+\\.[cm]js`, 'g'), 'a stand-in')
    .replaceAll(new RegExp(`(?:file://)?${escaped(folder)}`, 'g'), '/tmp')
}

/** Lines of a stack from Node itself, and Node's last line. */
function isEmptyRest(line: string): boolean {
  return /^\s+at .*\bnode:internal\//.test(line) || /^Node\.js v\d+/.test(line)
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
