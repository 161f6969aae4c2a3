import { createHash } from 'node:crypto'
import { mkdir, rename, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { cacheFolder } from '../cache-folder.ts'
import { type PassingFolder, passingFolder } from '../passing-folder.ts'
import type { MakingSource, Tools } from '../types.ts'
import { findInstaller, type PythonInstaller, runInstaller } from './installer.ts'
import { removeNoise, requireNoLinks } from './noise.ts'
import { type PythonPlatform, pythonPlatform } from './platform.ts'
import { findRequirements, type Requirements } from './requirements.ts'

/** The number of the way in which packages are installed; under another number all are installed again. */
const format = 2

/** One after the other: builds of one folder would meet in what they leave there. */
let last: Promise<unknown> = Promise.resolve()

/** Installed packages, which are there until this is disposed. */
export interface Installed extends AsyncDisposable {
  /** Like a site-packages folder. */
  readonly folder: string
  readonly note: string
}

/** An install that is to be made. */
interface Wanted {
  readonly requirements: Requirements
  readonly platform: PythonPlatform
  readonly installer: PythonInstaller
}

/**
 * A Python function's dependencies, for its runtime and architecture; undefined where there are none. They are in a folder of
 * the cache that is made once for the same requirements, platform and installer, or, where they come of something on this
 * machine that may change unseen, such as a folder, in one that goes again.
 *
 * @throws LambdactlError PACKAGE_INVALID with what the installer says
 */
export async function installRequirements(fn: MakingSource, tools: Tools): Promise<Installed | undefined> {
  const requirements = await wantedRequirements(fn)
  if (!requirements) return undefined
  const platform = pythonPlatform(fn.runtime, fn.architecture ?? 'x86_64')
  const installer = await findInstaller(tools, requirements)
  await installer.addSettings(requirements)
  const cache = await ownCache(tools)
  const wanted = { requirements, platform, installer }
  return requirements.inputs.unread === undefined ? kept(cache, wanted, tools) : passing(cache, wanted, tools)
}

/** @throws LambdactlError PACKAGE_INVALID as `findRequirements` */
export async function wantedRequirements(fn: MakingSource): Promise<Requirements | undefined> {
  if (!fn.runtime.startsWith('python') || fn.source.endsWith('.zip')) return undefined
  return findRequirements(fn.source, fn.requirements)
}

async function kept(cache: string, wanted: Wanted, tools: Tools): Promise<Installed> {
  const folder = join(cache, keyOf(wanted))
  const staying = { folder, [Symbol.asyncDispose]: () => Promise.resolve() }
  if (await isThere(folder)) return { ...staying, note: noteOf(wanted, 'packages', ' from the cache') }
  await using work = await install(cache, wanted, tools)
  // Whole or not at all: others may install the same at this moment.
  await rename(packagesIn(work), folder).catch(async (error: unknown) => {
    if (!(await isThere(folder))) throw error
  })
  return { ...staying, note: noteOf(wanted, 'installed', ` by ${wanted.installer.name}`) }
}

async function passing(cache: string, wanted: Wanted, tools: Tools): Promise<Installed> {
  const installing = last.then(() => install(cache, wanted, tools))
  last = installing.catch(() => undefined)
  const work = await installing
  const because = `by ${wanted.installer.name}, each time, since ${wanted.requirements.inputs.unread} may change unseen`
  return {
    folder: packagesIn(work),
    note: noteOf(wanted, 'installed', ` ${because}`),
    [Symbol.asyncDispose]: () => work[Symbol.asyncDispose](),
  }
}

function noteOf({ requirements, platform }: Wanted, what: string, how: string): string {
  return `${basename(requirements.file)}: ${what} for Python ${platform.version} on ${platform.machine}${how}`
}

function keyOf({ requirements, platform, installer }: Wanted): string {
  const { kind, inputs } = requirements
  return createHash('sha256')
    .update(JSON.stringify([format, kind, inputs.digest(), platform, installer.name]))
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

/** Into a folder of its own. */
async function install(
  cache: string,
  { requirements, platform, installer }: Wanted,
  tools: Tools,
): Promise<PassingFolder> {
  const name = basename(requirements.file)
  tools.tell(`installing ${name} with ${installer.name}`)
  const work = await passingFolder(join(cache, '.unfinished-'))
  try {
    const target = packagesIn(work)
    await mkdir(target)
    await runInstaller(installer, tools, requirements, platform, target)
    await removeNoise(target)
    await requireNoLinks(target, name)
    return work
  } catch (error) {
    await work[Symbol.asyncDispose]()
    throw error
  }
}

function packagesIn({ path }: PassingFolder): string {
  return join(path, 'packages')
}

async function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
