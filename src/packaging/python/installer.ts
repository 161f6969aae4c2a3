import { dirname } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import type { Tools } from '../model/types.ts'
import { runTool } from '../tools/run-tool.ts'
import { type PythonPlatform, pipPlatforms, uvPlatform } from './platform.ts'
import type { Requirements } from './requirements.ts'
import { addPipSettings, addUvSettingsOf } from './settings.ts'

/** A program that installs Python packages. */
export interface PythonInstaller {
  /** With its version, as in `uv 0.9.2`. */
  readonly name: string
  /** The programs to run, one after the other; `target` is an empty folder that exists. */
  commands(requirements: Requirements, platform: PythonPlatform, target: string): string[][]
  /** Adds the settings that the installer reads beside the requirements. */
  addSettings(requirements: Requirements): Promise<void>
}

const lookMs = 30_000

/**
 * Finds uv, or else pip.
 *
 * @throws LambdactlError PACKAGE_INVALID if there is neither, or if only uv can read the file
 */
export async function findInstaller(tools: Tools, { kind, file }: Requirements): Promise<PythonInstaller> {
  const uv = await versionOf(tools, ['uv', '--version'])
  if (uv) {
    const addSettings = (asked: Requirements) => addUvSettingsOf(asked, tools)
    return { name: uv, commands: uvCommands, addSettings }
  }
  if (kind !== 'requirements') {
    throw new LambdactlError(
      'PACKAGE_INVALID',
      `${file} is installed with uv, and uv is not on this machine.`,
      {
        next: [
          'Install uv, or write its packages to a requirements.txt beside it: uv export --no-dev --no-emit-project, or pip-compile.',
          (config) => `To install nothing: requirements: false in ${config.name}.`,
        ],
      },
    )
  }
  const pip = await versionOf(tools, ['python3', '-m', 'pip', '--version'])
  if (pip)
    return { name: pip, commands: pipCommands, addSettings: ({ inputs }) => addPipSettings(inputs, tools) }
  throw new LambdactlError(
    'PACKAGE_INVALID',
    `${file} is installed with uv, or with python3 and pip, and neither is on this machine.`,
    { next: [(config) => `Install uv, or set requirements: false in ${config.name} to install nothing.`] },
  )
}

/** As in `pip 25.1`; undefined if the program can't be run. */
async function versionOf(
  { runCommand, signal }: Tools,
  args: readonly string[],
): Promise<string | undefined> {
  const { ending, output } = await runCommand({
    args,
    directory: process.cwd(),
    environment: {},
    timeoutMs: lookMs,
    signal,
  })
  const isThere = ending.how === 'exited' && ending.code === 0
  return isThere ? /^(?:uv|pip) \d[\w.]*/m.exec(output)?.[0] : undefined
}

function uvCommands(
  { kind, file, inputs }: Requirements,
  platform: PythonPlatform,
  target: string,
): string[][] {
  const where = ['--target', target]
  const wheels = ['--only-binary', ':all:', '--python-platform', uvPlatform(platform)]
  const version = ['--python-version', platform.version]
  const isLocal = inputs.unread !== undefined
  // uv keeps its build of a local folder until the folder's pyproject.toml changes.
  const fresh = isLocal ? ['--refresh'] : []
  const install = (list: string) =>
    ['uv', 'pip', 'install', '--no-progress'].concat(where, wheels, version, fresh, '--requirement', list)
  if (kind !== 'lock') return [install(file)]
  const list = `${target}.txt`
  const copied = isLocal ? ['--no-editable'] : []
  const what = ['--frozen', '--no-dev', '--no-emit-project', '--quiet', '--output-file', list]
  return [['uv', 'export', '--project', dirname(file)].concat(what, copied), install(list)]
}

function pipCommands({ file }: Requirements, platform: PythonPlatform, target: string): string[][] {
  const platforms = pipPlatforms(platform).flatMap((name) => ['--platform', name])
  const quiet = ['--quiet', '--no-input', '--no-compile', '--disable-pip-version-check']
  const wheels = ['--target', target, '--only-binary', ':all:', '--implementation', 'cp']
  const version = ['--python-version', platform.version]
  return [
    ['python3', '-m', 'pip', 'install'].concat(quiet, wheels, platforms, version, '--requirement', file),
  ]
}

/** @throws LambdactlError PACKAGE_INVALID with the end of the installer's output */
export async function runInstaller(
  installer: PythonInstaller,
  tools: Tools,
  {
    requirements,
    platform,
    target,
  }: { requirements: Requirements; platform: PythonPlatform; target: string },
): Promise<void> {
  // Paths in a requirements file are relative to the file for uv, and to the working directory for pip.
  const directory = dirname(requirements.file)
  for (const args of installer.commands(requirements, platform, target)) {
    await runTool(tools, `${installer.name} for ${requirements.file}`, { args, directory, timeoutMs }, [
      `Only wheels for Python ${platform.version} on ${platform.machine} Linux are installed; build a wheel of each package that has none, and name it by its path or with --find-links.`,
      (config) => `To install nothing: requirements: false in ${config.name}.`,
    ])
  }
}

const timeoutMs = 600_000
