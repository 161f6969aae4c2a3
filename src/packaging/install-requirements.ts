import { createHash } from 'node:crypto'
import { mkdir, rename, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LambdactlError } from '../errors/error.ts'
import { cacheFolder } from './cache-folder.ts'
import { passingFolder } from './passing-folder.ts'
import { findInstaller, type PythonInstaller, runInstaller } from './python-installer.ts'
import { removeNoise } from './python-noise.ts'
import { type PythonPlatform, pythonPlatform } from './python-platform.ts'
import { findRequirements, type Requirements } from './python-requirements.ts'
import type { MakingSource, Tools } from './types.ts'

/** Another number makes everything anew: it stands for how packages are installed. */
const format = 1

export interface Installed {
  /** Like a site-packages folder. */
  readonly folder: string
  readonly note: string
}

/**
 * A Python function's dependencies, for its runtime and architecture, in a folder of the cache that is made once for the
 * same requirements, platform and installer; undefined where there are none.
 *
 * @throws LambdactlError PACKAGE_INVALID with what the installer says
 */
export async function installRequirements(fn: MakingSource, tools: Tools): Promise<Installed | undefined> {
  if (!fn.runtime.startsWith('python') || fn.source.endsWith('.zip')) return undefined
  const requirements = await findRequirements(fn.source, fn.requirements)
  if (!requirements) return undefined
  const platform = pythonPlatform(fn.runtime, fn.architecture ?? 'x86_64')
  const installer = await findInstaller(tools, requirements)
  const cache = await ownCache(tools)
  const folder = join(cache, keyOf(requirements, platform, installer))
  const name = basename(requirements.file)
  const target = `Python ${platform.version} on ${platform.machine}`
  if (await isThere(folder)) return { folder, note: `${name}: packages for ${target} from the cache` }
  tools.tell(`installing ${name} with ${installer.name}`)
  await install(cache, folder, (into) => runInstaller(installer, tools, requirements, platform, into))
  return { folder, note: `${name}: installed for ${target} by ${installer.name}` }
}

function keyOf({ fingerprint }: Requirements, platform: PythonPlatform, { name }: PythonInstaller): string {
  return createHash('sha256')
    .update(JSON.stringify([format, fingerprint, platform, name]))
    .digest('hex')
}

async function ownCache({ variables }: Tools): Promise<string> {
  const cache = await cacheFolder('python', variables)
  if (cache !== undefined) return cache
  throw new LambdactlError(
    'PACKAGE_INVALID',
    "There is no folder to install Python packages in that is only this user's.",
    {
      next: ['Name one that you own and nobody else may write to: LAMBDACTL_CACHE_DIR.'],
    },
  )
}

/** Whole or not at all: others may install the same at this moment. */
async function install(
  cache: string,
  folder: string,
  into: (target: string) => Promise<void>,
): Promise<void> {
  await using work = await passingFolder(join(cache, '.unfinished-'))
  const target = join(work.path, 'packages')
  await mkdir(target)
  await into(target)
  await removeNoise(target)
  await rename(target, folder).catch(async (error: unknown) => {
    if (!(await isThere(folder))) throw error
  })
}

async function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
