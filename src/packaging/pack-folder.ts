import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { firstNames } from '../errors/first-few.ts'
import { cachedZip } from './cache/cached-zip.ts'
import { checkBootstrap } from './handler/check-bootstrap.ts'
import { leftHereNotes } from './handler/left-here.ts'
import { largestShares, requireWithin } from './model/limits.ts'
import { byPath } from './model/order.ts'
import { refused } from './model/refused.ts'
import { sourceInvalid } from './model/source-invalid.ts'
import type { PackageOptions, PackageSource, Packed, SourceFile } from './model/types.ts'
import { withoutDevelopment } from './select/development-packages.ts'
import { isSecretName } from './select/excludes.ts'
import { includedFiles, leftOutNotes } from './select/include-files.ts'
import { requireDependencies } from './select/node-modules/missing-dependencies.ts'
import { packageChooser } from './select/node-modules/package-chooser.ts'
import { selectAll, selectFiles } from './select/select-files.ts'
import { areMany, sizeOf } from './zip/deflate-files.ts'
import { zipFiles } from './zip/zip-files.ts'

/**
 * Packs a folder as it is.
 *
 * @throws LambdactlError PACKAGE_INVALID for what can't be packaged
 */
export async function packFolder(
  fn: PackageSource,
  { installed, onProgress }: PackageOptions,
): Promise<Packed> {
  const selected = fn.isBuilt
    ? selectAll(fn.source)
    : selectFiles(fn.source, packageChooser(fn), fn.configPath)
  const { excludedSecrets, leftOut, startedMs } = selected
  const included = includedFiles(fn, selected.files, selected.needed)
  const { files: found, notes } = selected.isLaidOut
    ? { files: included.files, notes: fn.isBuilt ? secretNotes(included.files) : [] }
    : await withoutDevelopment(fn.source, included.files, selected.wants, selected.needed.size === 0)
  if (found.length === 0) throw sourceInvalid(fn.source, 'a folder without files')
  const files = withInstalled(found, installed).map((file) =>
    isBootstrap(fn, file) ? { ...file, mode: 0o755 as const } : file,
  )
  const largest = largestShares(files)
  // The size is checked before any file is read: a folder may hold gigabytes.
  requireWithin('unzipped', sizeOf(files), largest)
  const listing = { files, read: (path: string) => contentOf(files, path) }
  await checkBootstrap(fn, listing)
  const declared = await requireDependencies(fn, listing)
  const missing = declared.length > 0 ? declared : await leftHereNotes(fn, listing)
  const make = () => zipFiles(files, onProgress)
  // Making a small zip takes no longer than finding it in the cache.
  const zipped = areMany(files) ? await cachedZip({ files, startedMs }, make) : await make()
  return {
    ...zipped,
    largest,
    parts: files,
    excludedSecrets,
    notes: [...selected.notes, ...included.notes, ...notes, ...missing, ...leftOutNotes(leftOut, fn.include)],
  }
}

/** The tool that built the folder has put them in, and uploads them too. */
function secretNotes(files: readonly SourceFile[]): string[] {
  const found = files.map(({ path }) => path).filter((path) => isSecretName(basename(path)))
  return found.length > 0 ? [`the build put in what looks like secrets: ${firstNames(found, mostNamed)}`] : []
}

const mostNamed = 8

/** The function's own file wins over an installed one of the same path. */
function withInstalled(own: readonly SourceFile[], installed: string | undefined): readonly SourceFile[] {
  if (installed === undefined) return own
  const paths = new Set(own.map(({ path }) => path))
  const all = byPath([...own, ...selectFiles(installed).files.filter(({ path }) => !paths.has(path))])
  requireNoFileAsFolder(all)
  return all
}

/** Two folders that are joined may have the same path as a file and as a folder; one folder can't. */
function requireNoFileAsFolder(files: readonly SourceFile[]): void {
  const folders = new Set<string>()
  for (const { path } of files) {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
      folders.add(path.slice(0, end))
  }
  const both = files.find(({ path }) => folders.has(path))
  if (both)
    throw refused(
      `${both.path} is a file in one place and a folder in the other, of the source and the installed packages`,
    )
}

function isBootstrap({ runtime }: PackageSource, { path }: SourceFile): boolean {
  return path === 'bootstrap' && runtime.startsWith('provided')
}

async function contentOf(files: readonly SourceFile[], path: string): Promise<Buffer> {
  const file = files.find((each) => each.path === path)
  if (!file) return Buffer.alloc(0)
  try {
    return await readFile(file.absolutePath)
  } catch (cause) {
    throw refused(`${path} can't be read: ${(cause as Error).message}`, cause)
  }
}
