import { execFile } from 'node:child_process'
import { readdirSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

/** A program of this machine that runs a language. */
export interface Interpreter {
  file: string
  /** As in `24.21.0`. */
  version: string
}

type Language = 'nodejs' | 'python'

const run = promisify(execFile)
const known = new Map<string, Promise<Interpreter | undefined>>()

/** Finds the program for a runtime such as `nodejs24.x` or `python3.13`, once in this process; the nearest version counts. */
export function interpreterOf(runtime: string): Promise<Interpreter | undefined> {
  const found = known.get(runtime) ?? find(runtime)
  known.set(runtime, found)
  return found
}

async function find(runtime: string): Promise<Interpreter | undefined> {
  const language = runtime.startsWith('python') ? 'python' : 'nodejs'
  const wanted = Number(/(\d+)(?:\.x)?$/.exec(runtime)?.[1] ?? 0)
  const chosen = nearest(
    language === 'python' ? await pythons(wanted) : await nodes(wanted),
    language,
    wanted,
  )
  if (chosen && distance(chosen, language, wanted) > 0) {
    const [name, exact] = language === 'python' ? ['Python', `3.${wanted}`] : ['Node.js', String(wanted)]
    console.error(
      `No ${name} ${exact} was found here, so functions of ${runtime} run on ${name} ${chosen.version}.`,
    )
  }
  return chosen
}

/** The sandbox's own Node.js if it is of the version, or else also those of the PATH and of nvm. */
async function nodes(wanted: number): Promise<Interpreter[]> {
  const own = { file: process.execPath, version: process.versions.node }
  if (distance(own, 'nodejs', wanted) === 0) return [own]
  const nvm = join(process.env['NVM_DIR'] ?? join(homedir(), '.nvm'), 'versions/node')
  const files = [...inPath('node'), ...namesIn(nvm).map((name) => join(nvm, name, 'bin/node'))]
  const others = await Promise.all(files.map((file) => probe(file, ['-p', nodeFacts])))
  // The bootstraps need process.getBuiltinModule.
  return [own, ...others.flatMap((other) => (other && partFor(other.version, 'nodejs') >= 22 ? [other] : []))]
}

const nodeFacts = 'process.execPath + " " + process.versions.node'
const pythonFacts = 'import sys; print(sys.executable, "%d.%d.%d" % sys.version_info[:3])'

/** The `python3.N` of the version, or else `python3` and those that are nearer than it. */
async function pythons(wanted: number): Promise<Interpreter[]> {
  const [exact, usual] = await Promise.all([python(`python3.${wanted}`), python('python3')])
  if (exact) return [exact]
  const reach = usual ? distance(usual, 'python', wanted) : 5
  const nearer = [8, 9, 10, 11, 12, 13, 14, 15].filter((other) => Math.abs(other - wanted) < reach)
  const found = await Promise.all(
    nearer.map((other) => `python3.${other}`).map((name) => python(name, inPath(name).filter(isNoShim))),
  )
  return [usual, ...found].flatMap((each) => each ?? [])
}

function python(name: string, files = inPath(name)): Promise<Interpreter | undefined> {
  return probe(files[0], ['-c', pythonFacts])
}

/** A shim is slow, and is there for every version that its tool has ever known. */
function isNoShim(file: string): boolean {
  return !file.includes('/shims/')
}

async function probe(file: string | undefined, args: readonly string[]): Promise<Interpreter | undefined> {
  if (file === undefined) return undefined
  try {
    const { stdout } = await run(file, args, { timeout: 10_000 })
    const [, path = '', version = ''] = /^(.+) (\d+\.\d+\.\d+)\s*$/.exec(stdout) ?? []
    return path === '' ? undefined : { file: path, version }
  } catch {
    // A shim of a version that is not installed.
    return undefined
  }
}

/** Of two at the same distance the newer one. */
function nearest(all: readonly Interpreter[], language: Language, wanted: number): Interpreter | undefined {
  const score = (each: Interpreter) =>
    2 * distance(each, language, wanted) + (partFor(each.version, language) < wanted ? 1 : 0)
  return all.toSorted((a, b) => score(a) - score(b))[0]
}

function distance({ version }: Interpreter, language: Language, wanted: number): number {
  return Math.abs(partFor(version, language) - wanted)
}

function partFor(version: string, language: Language): number {
  return Number(version.split('.')[language === 'python' ? 1 : 0])
}

/** The programs of a name in the PATH, each once, without this process's own. */
function inPath(name: string): string[] {
  const folders = (process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin').split(delimiter)
  const found = new Map([[realPath(process.execPath), '']])
  for (const file of folders.map((folder) => join(folder, name))) {
    const real = realPath(file)
    if (real !== undefined && !found.has(real)) found.set(real, file)
  }
  return [...found.values()].slice(1)
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
