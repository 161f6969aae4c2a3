/** A place in a script of a function's package, or in one of its sources. Lines and columns begin at 1. */
export interface ScriptPlace {
  /** Relative to the package's root; of a source, to the project's. */
  path: string
  line: number
  column: number
}

/** Lambda unpacks a package into this folder. */
const inPackage = /(?:file:\/\/)?\/var\/task\/([^\s():]+\.[cm]?js):(\d+):(\d+)/

/** The place that a stack's frame names in the package; undefined for frames of others, and of installed packages. */
export function scriptPlaceOf(frame: string): ScriptPlace | undefined {
  const [, path = '', line, column] = inPackage.exec(frame) ?? []
  if (path === '' || path.includes('node_modules/')) return undefined
  return { path, line: Number(line), column: Number(column) }
}

/** A frame with another place: `    at charge (src/pay.ts:3:9)`. */
export function frameAt(frame: string, { path, line, column }: ScriptPlace): string {
  return frame.replace(inPackage, () => `${path}:${line}:${column}`)
}
