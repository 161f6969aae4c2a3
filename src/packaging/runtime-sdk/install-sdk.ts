import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { cacheFolder } from '../cache/cache-folder.ts'
import { passingFolder } from '../cache/passing-folder.ts'
import type { Tools } from '../model/types.ts'
import { runTool } from '../tools/run-tool.ts'
import { folderIn, type RuntimeSdk } from './runtime-sdks.ts'

type SdkTools = Pick<Tools, 'runCommand' | 'signal' | 'variables' | 'tell'>

/** An SDK in the user's cache. */
export interface InstalledSdk {
  /** The folder of its packages. */
  readonly folder: string
  /** False if it was there before. */
  readonly isNew: boolean
}

/** Whether it was installed or not, an SDK has its packages in this folder; undefined if the user has no cache. */
export async function sdkPackages(
  sdk: RuntimeSdk,
  variables: Tools['variables'],
): Promise<string | undefined> {
  const { folder } = await cacheFolder('sdk', variables)
  return folder === undefined ? undefined : join(folderIn(folder, sdk), sdk.packages)
}

/**
 * Installs an SDK into the user's cache, in place of its other versions. It appears whole or not at all.
 *
 * @throws LambdactlError USAGE without a cache, PACKAGE_INVALID with the end of the program's output
 */
export async function installSdk(sdk: RuntimeSdk, tools: SdkTools): Promise<InstalledSdk> {
  const { folder: cache, unusable } = await cacheFolder('sdk', tools.variables)
  if (cache === undefined) throw noCache(unusable)
  const folder = folderIn(cache, sdk)
  const isNew = !(await isThere(folder))
  if (isNew) {
    tools.tell(`installing ${sdk.name} with ${programOf(sdk)} into ${folder}`)
    await install(sdk, cache, tools)
    await removeOthers(cache, sdk)
  }
  return { folder: join(folder, sdk.packages), isNew }
}

async function install(sdk: RuntimeSdk, cache: string, tools: SdkTools): Promise<void> {
  await using work = await passingFolder(join(cache, '.unfinished-'))
  for (const [name, text] of Object.entries(sdk.files)) await writeFile(join(work.path, name), text)
  const command = { args: sdk.command, directory: work.path, timeoutMs }
  await runTool(tools, `${programOf(sdk)} for ${sdk.name}`, command, [
    `It takes the packages from the place that your settings of ${programOf(sdk)} name: see that this machine reaches it.`,
    ...(sdk.language === 'python' ? ['It needs Python 3.10 or later, with pip, as python3.'] : []),
  ])
  const folder = folderIn(cache, sdk)
  await rename(work.path, folder).catch(async (error: unknown) => {
    // Another process has installed it meanwhile.
    if (!(await isThere(folder))) throw error
  })
}

const timeoutMs = 600_000

function programOf({ language }: RuntimeSdk): string {
  return language === 'nodejs' ? 'npm' : 'pip'
}

async function removeOthers(cache: string, sdk: RuntimeSdk): Promise<void> {
  const own = basename(folderIn(cache, sdk))
  const names = await readdir(cache)
  for (const name of names.filter((each) => each.startsWith(`${sdk.language}-`) && each !== own)) {
    await rm(join(cache, name), { recursive: true, force: true })
  }
}

async function isThere(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

function noCache(unusable: string): LambdactlError {
  return new LambdactlError(
    'USAGE',
    `The SDK needs a folder in your cache, and there is none: ${unusable}.`,
    {
      next: ['Name a folder that only you can write to: LAMBDACTL_CACHE_DIR.'],
    },
  )
}
