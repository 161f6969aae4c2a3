import { dirname, resolve } from 'node:path'
import type { Inputs } from './inputs.ts'
import { parseRequirement } from './requirement-line.ts'
import { addLocal } from './requirements-file.ts'
import { at, isFilled, isTable, type Table, tablesOf } from './toml.ts'

/**
 * Tells whether a pyproject.toml declares dependencies where uv finds them. Groups and extras are not the function's.
 */
export function declaresDependencies(project: Table): boolean {
  return isFilled(at(project, 'project', 'dependencies')) || isDynamic(project)
}

/** Adds the dependencies of a pyproject.toml that are on this machine. */
export function addProject(inputs: Inputs, project: Table): void {
  if (isDynamic(project)) inputs.leave('dynamic dependencies')
  const dependencies = at(project, 'project', 'dependencies')
  for (const dependency of Array.isArray(dependencies) ? dependencies : []) {
    const wanted = parseRequirement(String(dependency))
    if (wanted.says !== 'package') inputs.leave(String(dependency))
  }
  addUvSettings(inputs, at(project, 'tool', 'uv'))
}

/** Adds the settings of a `[tool.uv]` or a uv.toml, which may name folders of this machine. */
export function addUvSettings(inputs: Inputs, settings: unknown): void {
  if (!isTable(settings)) return
  const { sources, ...others } = settings
  for (const [name, source] of Object.entries(isTable(sources) ? sources : {})) {
    if (tablesOf(source).some((each) => 'path' in each || 'workspace' in each || namesHere(each)))
      inputs.leave(name)
  }
  if (namesHere(others) || 'find-links' in others) inputs.leave('[tool.uv]')
}

/** Adds the inputs on this machine that a lock file names, one of uv or of PEP 751. @param file absolute */
export async function addLock(inputs: Inputs, lock: Table, file: string): Promise<void> {
  const folder = dirname(file)
  for (const each of [...tablesOf(lock['package']), ...tablesOf(lock['packages'])]) {
    const name = String(each['name'])
    const places = [
      each['source'],
      each['archive'],
      each['sdist'],
      ...tablesOf(each['wheels']),
      each['directory'],
    ]
    for (const place of places.filter(isTable))
      await addPlace(inputs, place, { name, folder, isDirectory: place === each['directory'] })
  }
}

interface Locked {
  name: string
  folder: string
  /** Whether the place is a folder, in the words of PEP 751. */
  isDirectory: boolean
}

async function addPlace(inputs: Inputs, place: Table, { name, folder, isDirectory }: Locked): Promise<void> {
  const { path, editable, directory, virtual, registry } = place
  const own = [editable, directory, virtual].filter((each) => typeof each === 'string')
  if (isDirectory || own.some((each) => each !== '.') || isLocalRegistry(registry)) inputs.leave(name)
  else if (typeof path === 'string') await addLocal(inputs, [resolve(folder, path)], name)
  else if (namesHere(place)) inputs.leave(name)
}

function isLocalRegistry(registry: unknown): boolean {
  return typeof registry === 'string' && !/^https?:/.test(registry)
}

/** Only building the project shows its dependencies. */
function isDynamic(project: Table): boolean {
  const dynamic = at(project, 'project', 'dynamic')
  return Array.isArray(dynamic) && dynamic.includes('dependencies')
}

/** Tells whether any text in a value looks like a path or a file URL. */
function namesHere(value: unknown): boolean {
  return /"(?:\.{0,2}\/|[^"]*\bfile:)/.test(JSON.stringify(value))
}
