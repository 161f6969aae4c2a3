/** The interpreters that every Lambda image has. */
const shells = new Set(['sh', 'bash'])
const firstLine = 256

interface Surroundings {
  readonly runtime: string
  readonly layers: readonly string[]
  /** The paths of the package. */
  readonly paths: readonly string[]
}

/**
 * A sentence for a script whose interpreter is in no known place. Undefined for a shell, for an interpreter that the
 * package or a layer may have, and for a file that is no script.
 *
 * @param script its first bytes at least
 */
export function interpreterNote(
  script: Buffer,
  { runtime, layers, paths }: Surroundings,
): string | undefined {
  const [, line] = /^#!\s*([^\r\n]+)/.exec(script.toString('latin1', 0, firstLine)) ?? []
  const words = (line ?? '').split(/\s+/)
  const isByName = words[0]?.endsWith('/env') === true
  const program = isByName ? words.find((word, index) => index > 0 && !/^-|=/.test(word)) : words[0]
  const name = program?.slice(program.lastIndexOf('/') + 1)
  if (program === undefined || name === undefined || name === '' || shells.has(name)) return undefined
  // A layer's bin folder is in the PATH, so a name alone may be found there.
  if ((isByName || program.startsWith('/opt/')) && layers.length > 0) return undefined
  if (program.startsWith('/var/task/') && paths.includes(program.slice('/var/task/'.length))) return undefined
  return `bootstrap is started by ${program}, and neither the package nor ${runtime} is known to have that program: each start may fail`
}
