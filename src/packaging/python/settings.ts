import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Tools } from '../model/types.ts'
import type { Inputs } from './inputs.ts'
import { addUvSettings } from './project-file.ts'
import type { Requirements } from './requirements.ts'
import { plainPath } from './requirements-file.ts'
import { at, isTable, parseToml } from './toml.ts'

/** Adds what pip is told by its configuration and the environment. */
export async function addPipSettings(inputs: Inputs, { runCommand, signal }: Tools): Promise<void> {
  const args = ['python3', '-m', 'pip', 'config', 'list']
  const command = { args, directory: process.cwd(), environment: {}, timeoutMs: 30_000, signal }
  const { ending, output } = await runCommand(command)
  if (ending.how !== 'exited' || ending.code !== 0) return inputs.leave("pip's configuration")
  for (const [, name = '', value = ''] of output.matchAll(/^(\S+?)=(.*)$/gm)) {
    await addSetting(inputs, name, value.replace(/^(['"])(.*)\1$/, '$2').replaceAll('\\n', ' '))
  }
}

/** Adds what uv is told by the environment and by its files: the user's, and those of all folders above. */
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
    // Sources are for what a pyproject.toml asks for.
    addUvSettings(
      inputs,
      kind === 'requirements' && isTable(settings) ? { ...settings, sources: {} } : settings,
    )
    if (folder === dirname(folder)) return
  }
}

/** An index of another machine counts by its address: a version has the same content tomorrow. What is here doesn't. */
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

/** By names and times: such a folder may hold many large packages, as an index has folders. @returns whether it is there */
async function addFolder(inputs: Inputs, folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => undefined)
  const stamps = (names ?? []).toSorted().map(async (name) => {
    const { size, mtimeMs, ctimeMs, ino } = await stat(join(folder, name))
    return JSON.stringify([name, size, mtimeMs, ctimeMs, ino])
  })
  for (const stamp of await Promise.all(stamps)) inputs.add(stamp)
  return names !== undefined
}

/** Adds a TOML file and returns its content; undefined where it isn't there or is no TOML, of which uv will complain. */
async function addToml(inputs: Inputs, path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  inputs.add(text)
  return parseToml(text, path).catch(() => undefined)
}
