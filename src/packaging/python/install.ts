import { createHash } from 'node:crypto'
import { mkdir, rename, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { cacheFolder } from '../cache/cache-folder.ts'
import { folderForRun } from '../cache/folder-for-run.ts'
import { type PassingFolder, passingFolder } from '../cache/passing-folder.ts'
import { tellUnusable } from '../cache/tell-unusable.ts'
import type { MakingSource, Tools } from '../model/types.ts'
import { findInstaller, type PythonInstaller, runInstaller } from './installer.ts'
import { removeNoise, requireNoLinks } from './noise.ts'
import { type PythonPlatform, pythonPlatform } from './platform.ts'
import { findRequirements, type Requirements } from './requirements.ts'

/** The number of the install format; increase it to install all packages again. */
const format = 2

/** Installs run one after the other: two builds of one folder would collide. */
let last: Promise<unknown> = Promise.resolve()

/** Installed packages; they are removed when this is disposed, unless the cache keeps them. */
export interface Installed extends AsyncDisposable {
  /** Has the layout of a site-packages folder. */
  readonly folder: string
  readonly note: string
}

/** An install to be made. */
interface Wanted {
  readonly requirements: Requirements
  readonly platform: PythonPlatform
  readonly installer: PythonInstaller
}

/**
 * Installs a Python function's dependencies for its runtime and architecture; undefined if it has none. A folder in the
 * cache is used for equal requirements, platform and installer. If an input on this machine may change unseen, such as
 * a folder, the packages go into a temporary folder.
 *
 * @throws LambdactlError PACKAGE_INVALID with the installer's output
 */
export async function installRequirements(fn: MakingSource, tools: Tools): Promise<Installed | undefined> {
  const requirements = await wantedRequirements(fn)
  if (!requirements) return undefined
  const platform = pythonPlatform(fn.runtime, fn.architecture ?? 'x86_64')
  const installer = await findInstaller(tools, requirements)
  await installer.addSettings(requirements)
  const wanted = { requirements, platform, installer }
  return requirements.inputs.unread === undefined ? kept(wanted, tools) : passing(wanted, tools)
}

/** @throws LambdactlError PACKAGE_INVALID as `findRequirements` */
export async function wantedRequirements(fn: MakingSource): Promise<Requirements | undefined> {
  if (!fn.runtime.startsWith('python') || fn.source.endsWith('.zip')) return undefined
  return findRequirements(fn.source, fn.requirements)
}

async function kept(wanted: Wanted, tools: Tools): Promise<Installed> {
  const { folder: cache, isPassing } = await placeFor(tools)
  const folder = join(cache, keyOf(wanted))
  const staying = { folder, [Symbol.asyncDispose]: () => Promise.resolve() }
  const from = isPassing ? ' of this run' : ' from the cache'
  if (await isThere(folder)) return { ...staying, note: noteOf(wanted, 'packages', from) }
  await using work = await install(cache, wanted, tools)
  // The folder appears whole or not at all: another process may install the same packages now.
  await rename(packagesIn(work), folder).catch(async (error: unknown) => {
    if (!(await isThere(folder))) throw error
  })
  const how = ` by ${wanted.installer.name}${isPassing ? ', for this run' : ''}`
  return { ...staying, note: noteOf(wanted, 'installed', how) }
}

async function passing(wanted: Wanted, tools: Tools): Promise<Installed> {
  const { folder } = await placeFor(tools)
  const installing = last.then(() => install(folder, wanted, tools))
  last = installing.catch(() => undefined)
  const work = await installing
  const because = `by ${wanted.installer.name}, each time, since ${wanted.requirements.inputs.unread} may change without notice`
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

/** A folder for the install: in the cache, or a temporary one, and then the reason is told. */
async function placeFor(tools: Tools): Promise<{ folder: string; isPassing: boolean }> {
  const { folder, unusable } = await cacheFolder('python', tools.variables)
  if (folder !== undefined) return { folder, isPassing: false }
  tellUnusable(tools, unusable)
  return { folder: await folderForRun(tools.signal), isPassing: true }
}

/** Installs into a folder of its own. */
async function install(
  cache: string,
  { requirements, platform, installer }: Wanted,
  tools: Tools,
): Promise<PassingFolder> {
  const name = basename(requirements.file)
  tools.tell(`installing ${name} with ${installer.name}`)
  const work = await passingFolder(join(cache, '.unfinished-')).catch((error: unknown) => {
    throw withWayToSpace(error, cache)
  })
  try {
    const target = packagesIn(work)
    await mkdir(target)
    await runInstaller(installer, tools, { requirements, platform, target })
    await removeNoise(target)
    await requireNoLinks(target, name)
    return work
  } catch (error) {
    await work[Symbol.asyncDispose]()
    throw withWayToSpace(error, cache)
  }
}

/** If the disk is full, only more space helps; installers say it in many lines. */
function withWayToSpace(error: unknown, cache: string): unknown {
  if (!(error instanceof Error) || !/No space left|ENOSPC|disk quota|EDQUOT/i.test(error.message))
    return error
  const message = `There is no space left in ${cache} to install Python packages.`
  const next = ['Free some, or name a folder on another disk: LAMBDACTL_CACHE_DIR.']
  return new LambdactlError('PACKAGE_INVALID', message, { next, cause: error })
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
