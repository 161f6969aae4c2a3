/** The interpreters for scripts that every Lambda image has. */
const shells = new Set(['sh', 'bash'])
const firstLine = 256

interface Surroundings {
  readonly runtime: string
  readonly layers: readonly string[]
  /** The paths of the package. */
  readonly paths: readonly string[]
}

/**
 * Says where nothing known has the interpreter of a script, as a sentence; undefined for a shell, for what the package or
 * a layer may have, and for a file that is no script.
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
  // By its name it may be found in a layer's bin, which is in the PATH.
  if ((isByName || program.startsWith('/opt/')) && layers.length > 0) return undefined
  if (program.startsWith('/var/task/') && paths.includes(program.slice('/var/task/'.length))) return undefined
  return `bootstrap is started by ${program}, and neither the package nor ${runtime} is known to have that: each start may fail`
}
