import type { Stats } from 'node:fs'
import { lstat, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'
import { makeFolder } from '../../folders/make-folder.ts'
import { type DeployedFile, deployedFiles } from '../../packaging/adopted/deployed-code.ts'
import { notAsFolder, notPackedAlike } from '../../packaging/adopted/packs-alike.ts'
import { unpack } from '../../packaging/adopted/unpack.ts'
import type { PackageSource } from '../../packaging/model/types.ts'
import { type KeepRules, keepRules } from '../../packaging/select/keep-rules.ts'
import { requireDependencies } from '../../packaging/select/node-modules/missing-dependencies.ts'
import { readZip } from '../../packaging/unzip/ready-zip.ts'

/** Downloaded code. */
export interface DownloadedCode {
  zip: Uint8Array
  files: readonly DeployedFile[]
  /** A name for a person: `shop-checkout-prod:3`. */
  what: string
  /** The reason why packaging would refuse a folder with it; undefined if it would not. */
  refusal: string | undefined
}

/** The extracted code in a service. */
export interface ExtractedSource extends KeepRules {
  /** Relative to the service's folder: a folder, or the zip itself. */
  source: string
  /** The reason for the zip; undefined for a folder. */
  zipReason: string | undefined
}

/**
 * @param fn the owner of the code
 * @throws LambdactlError PACKAGE_INVALID
 */
export async function downloaded(
  zip: Uint8Array,
  what: string,
  fn: Pick<PackageSource, 'runtime' | 'layers'>,
): Promise<DownloadedCode> {
  const files = await deployedFiles(zip, what)
  return { zip, files, what, refusal: await refusalOf(fn, files) }
}

/**
 * The reason why packaging would refuse the files. It is no error here: they may lack their dependencies on purpose.
 */
async function refusalOf(
  fn: Pick<PackageSource, 'runtime' | 'layers'>,
  files: readonly DeployedFile[],
): Promise<string | undefined> {
  const read = async (path: string) =>
    (await files.find((file) => file.path === path)?.content()) ?? Buffer.alloc(0)
  const checking = requireDependencies({ ...fn, source: '' }, { files, read })
  return checking.then(
    () => undefined,
    (error: Error) => error.message.replace(/\.$/, ''),
  )
}

/**
 * Writes code into a folder whose package has the same files again, with a `.lambdactlignore` if one is needed. Code
 * that no folder can reproduce stays a zip. It is written whole or not at all: beside its place, then moved.
 *
 * @param source the folder's future path, relative to the service's
 * @throws LambdactlError PATH_TAKEN, PACKAGE_INVALID
 */
export async function extractSource(
  directory: string,
  source: string,
  code: DownloadedCode,
): Promise<ExtractedSource> {
  await requireNoLink(directory, dirname(source))
  for (const path of [source, `${source}.zip`]) await requireFree(directory, path)
  const place = join(directory, source)
  await makeFolder(join(place, '..'))
  const unfinished = await mkdtemp(join(place, '..', '.adopting-'))
  try {
    const folder = await asFolder(join(unfinished, 'source'), code)
    if (typeof folder !== 'string') {
      await rename(join(unfinished, 'source'), place)
      return { ...folder, source, zipReason: undefined }
    }
    const file = join(unfinished, 'source.zip')
    const zip = Buffer.from(code.zip)
    await readZip(zip, code.what)
    // Any content may be a secret.
    await writeFile(file, zip, { mode: 0o600 })
    await rename(file, `${place}.zip`)
    return { rules: [], secrets: [], source: `${source}.zip`, zipReason: folder }
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** @returns the rules that keep its files, or the reason why it can't be a folder */
async function asFolder(
  folder: string,
  { files, what, refusal }: DownloadedCode,
): Promise<KeepRules | string> {
  const why = notAsFolder(files) ?? refusal
  if (why !== undefined) return why
  await mkdir(folder)
  await unpack(files, folder, what)
  const paths = files.map(({ path }) => path)
  const kept = await keepRules(folder, paths)
  if (kept.rules.length > 0)
    await writeFile(join(folder, '.lambdactlignore'), keepText(kept.rules), { flag: 'wx' })
  return (await notPackedAlike(folder, files)) ?? kept
}

function keepText(rules: readonly string[]): string {
  return `# Was deployed before lambdactl packed it; without these lines it is left out.\n${rules.join('\n')}\n`
}

/**
 * Refuses a link in a service's folder on the way to a written file: it may lead anywhere.
 *
 * @param path relative to the folder
 * @throws LambdactlError PATH_TAKEN
 */
export async function requireNoLink(directory: string, path: string): Promise<void> {
  if (!(await statusOf(join(directory, path)))?.isSymbolicLink()) return
  throw new LambdactlError('PATH_TAKEN', `${path} in ${directory} is a link; nothing was written.`, {
    next: ['Replace the link with its target, or choose another folder.'],
  })
}

async function statusOf(path: string): Promise<Stats | undefined> {
  return lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

async function requireFree(directory: string, path: string): Promise<void> {
  if (!(await statusOf(join(directory, path)))) return
  throw new LambdactlError('PATH_TAKEN', `${directory} already has ${path}; nothing was written.`, {
    next: ['Choose another folder, or move the existing files.'],
  })
}
