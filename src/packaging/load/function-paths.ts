/** The places of a handler that is being loaded, absolute. */
export interface LoadingPlaces {
  /** The temporary folder; the package is in `package` below it. */
  readonly folder: string
  /** lambdactl's own program that loads it. */
  readonly loader: string
}

/** Lambda has the package there. */
const taskRoot = '/var/task'

/**
 * Puts what a module said into the function's own words: paths of the package as they are in it, and none of the temporary
 * folder nor of lambdactl's own program, whose lines of a stack are left out.
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

/** Lines of a stack that are Node's own, and what Node ends with. */
function isEmptyRest(line: string): boolean {
  return /^\s+at .*\bnode:internal\//.test(line) || /^Node\.js v\d+/.test(line)
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
