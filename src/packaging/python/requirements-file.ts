import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LambdactlError } from '../../errors/error.ts'
import type { Inputs } from './inputs.ts'
import { linesOf, parseLine, type Said } from './requirement-line.ts'

interface Walk {
  readonly inputs: Inputs
  /** The folder in which the installer runs. */
  readonly directory: string
  readonly seen: Set<string>
}

/**
 * Adds a requirements file, the files that it names, and the packages on this machine.
 *
 * @returns whether there is anything to install
 * @throws LambdactlError PACKAGE_INVALID for a file that can't be read, and for a package that would be installed as a
 * link
 */
export async function addRequirementsFile(inputs: Inputs, file: string): Promise<boolean> {
  return addFile({ inputs, directory: dirname(file), seen: new Set() }, file, false)
}

async function addFile(walk: Walk, file: string, isConstraint: boolean): Promise<boolean> {
  const key = `${isConstraint} ${file}`
  if (walk.seen.has(key)) return false
  walk.seen.add(key)
  const text = await readText(file)
  walk.inputs.add(text)
  let found = false
  for (const { number, text: line } of linesOf(text)) {
    for (const said of parseLine(line)) {
      if (said.says === 'editable') throw isLink(`${basename(file)}, line ${number}`, line)
      const isWanted = await addSaid(walk, file, said, line)
      found ||= isWanted && !isConstraint
    }
  }
  return found
}

/** @returns whether a package is wanted */
async function addSaid(walk: Walk, file: string, said: Said, line: string): Promise<boolean> {
  switch (said.says) {
    case 'file':
      return addNested(walk, file, said)
    case 'links':
      await addLinks(walk, file, said.path)
      return false
    case 'local':
      await addLocal(walk.inputs, placesOf(walk, file, said.path), line)
      return true
    case 'unknown':
      walk.inputs.leave(line)
      return true
    case 'package':
      return true
    case 'setting':
      if (said.isLocal) walk.inputs.leave(line)
      return false
    case 'editable':
      return false
  }
}

async function addNested(
  walk: Walk,
  file: string,
  { path, isConstraint }: Extract<Said, { says: 'file' }>,
): Promise<boolean> {
  if (!/^https?:/.test(path) && !path.includes('${')) {
    return addFile(walk, resolve(dirname(file), plainPath(path)), isConstraint)
  }
  walk.inputs.leave(path)
  return !isConstraint
}

/**
 * Adds a file's content. A folder can't be added: its build may read anything, even outside of it.
 * @param places the first one that exists is used
 */
export async function addLocal(inputs: Inputs, places: readonly string[], line: string): Promise<void> {
  const added = await Promise.all(places.map((place) => inputs.addFile(place)))
  if (!added.includes(true)) inputs.leave(line)
}

async function addLinks(walk: Walk, file: string, path: string): Promise<void> {
  if (/^https?:/.test(path)) return
  const places = placesOf(walk, file, path)
  const added = await Promise.all(places.map((place) => addArchives(walk.inputs, place)))
  if (!added.includes(true)) walk.inputs.leave(`--find-links ${path}`)
}

/** @returns whether the folder is there */
async function addArchives(inputs: Inputs, folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => undefined)
  for (const name of names?.toSorted() ?? []) {
    inputs.add(name)
    await inputs.addFile(join(folder, name))
  }
  return names !== undefined
}

/** Paths are relative to the file for one installer, and to the working directory for the other. */
function placesOf({ directory }: Walk, file: string, path: string): string[] {
  const plain = plainPath(path)
  return [...new Set([resolve(dirname(file), plain), resolve(directory, plain)])]
}

/** A path from a path or a `file:` URL. */
export function plainPath(path: string): string {
  if (!path.startsWith('file:')) return path
  try {
    // Installers also accept relative file URLs, which `URL` refuses.
    return path.startsWith('file://') ? fileURLToPath(path.replace(/#.*$/, '')) : path.slice('file:'.length)
  } catch {
    return path
  }
}

/**
 * Reads a text. A byte order mark of UTF-16 or UTF-8 counts, as for pip: PowerShell writes such files.
 * @throws LambdactlError PACKAGE_INVALID
 */
export async function readText(file: string): Promise<string> {
  try {
    const content = await readFile(file)
    const isUtf16 = content[0] === 0xff && content[1] === 0xfe
    return content.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new LambdactlError('PACKAGE_INVALID', `The requirements can't be read: ${why}.`, {
      next: [(config) => `Correct requirements: in ${config.name}, or set it to false to install nothing.`],
      cause,
    })
  }
}

/** The error for a package that would be installed as a link. @param where the file that asks for it */
export function isLink(where: string, said: string): LambdactlError {
  return new LambdactlError(
    'PACKAGE_INVALID',
    `${where}: ${JSON.stringify(said)} installs a link to a folder of this machine, which Lambda doesn't have.`,
    {
      next: [
        "Write it without -e, so that a copy is installed. The function's own folder needs no line: it is packed as it is.",
        (config) => `To install nothing: requirements: false in ${config.name}.`,
      ],
    },
  )
}
