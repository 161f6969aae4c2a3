import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Tools } from '../model/types.ts'
import type { Inputs } from './inputs.ts'
import { addUvSettings } from './project-file.ts'
import type { Requirements } from './requirements.ts'
import { plainPath } from './requirements-file.ts'
import { at, isTable, parseToml } from './toml.ts'

/** Adds pip's settings from its configuration and the environment. */
export async function addPipSettings(inputs: Inputs, { runCommand, signal }: Tools): Promise<void> {
  const args = ['python3', '-m', 'pip', 'config', 'list']
  const command = { args, directory: process.cwd(), environment: {}, timeoutMs: 30_000, signal }
  const { ending, output } = await runCommand(command)
  if (ending.how !== 'exited' || ending.code !== 0) return inputs.leave("pip's configuration")
  for (const [, name = '', value = ''] of output.matchAll(/^(\S+?)=(.*)$/gm)) {
    await addSetting(inputs, name, value.replace(/^(['"])(.*)\1$/, '$2').replaceAll('\\n', ' '))
  }
}

/** Adds uv's settings from the environment and from its files: the user's, and those of all folders above. */
export async function addUvSettingsOf(
  { inputs, file, kind }: Requirements,
  { variables }: Tools,
): Promise<void> {
  const names = Object.keys(variables).filter((name) => name.startsWith('UV_'))
  for (const name of names.toSorted()) await addSetting(inputs, name, variables[name] ?? '')
  const {
    UV_CONFIG_FILE: named,
    HOME: home,
    XDG_CONFIG_HOME: config = home && join(home, '.config'),
  } = variables
  const users = [named, config && join(config, 'uv/uv.toml'), '/etc/uv/uv.toml'].filter(
    (path) => path !== undefined,
  )
  for (const path of users) addUvSettings(inputs, await addToml(inputs, path))
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    addUvSettings(inputs, await addToml(inputs, join(folder, 'uv.toml')))
    const settings = at(await addToml(inputs, join(folder, 'pyproject.toml')), 'tool', 'uv')
    // Sources matter only for the dependencies of a pyproject.toml.
    addUvSettings(
      inputs,
      kind === 'requirements' && isTable(settings) ? { ...settings, sources: {} } : settings,
    )
    if (folder === dirname(folder)) return
  }
}

/**
 * An index on another machine counts by its address, since a version there keeps its content. A place on this machine
 * may change.
 */
async function addSetting(inputs: Inputs, name: string, value: string): Promise<void> {
  inputs.add(`${name}=${value}`)
  if (!/find.links|constraint|requirement|override|editable|exclude|index/i.test(name)) return
  for (const place of value.split(/[\s,]+/).filter(isHere)) {
    const path = plainPath(place.replace(/^[\w-]+=/, ''))
    const isAdded = (await inputs.addFile(path)) || (await addFolder(inputs, path))
    if (!isAdded) inputs.leave(`${name} ${place}`)
  }
}

/** A switch such as `PIP_NO_INDEX=1` is no place. */
function isHere(word: string): boolean {
  return word !== '' && !/^(?:[\w-]+=)?https?:|^(?:[01]|true|false|yes|no|on|off)$/i.test(word)
}

/**
 * Adds names and times only: a folder that serves as an index may hold many large packages.
 * @returns whether the folder exists
 */
async function addFolder(inputs: Inputs, folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => undefined)
  const stamps = (names ?? []).toSorted().map(async (name) => {
    const { size, mtimeMs, ctimeMs, ino } = await stat(join(folder, name))
    return JSON.stringify([name, size, mtimeMs, ctimeMs, ino])
  })
  for (const stamp of await Promise.all(stamps)) inputs.add(stamp)
  return names !== undefined
}

/** Adds a TOML file and returns its content; undefined if it is missing or invalid, which uv will report. */
async function addToml(inputs: Inputs, path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  inputs.add(text)
  return parseToml(text, path).catch(() => undefined)
}
