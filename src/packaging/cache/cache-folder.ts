import { access, constants, lstat, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { makeFolder } from '../../folders/make-folder.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** A folder of the cache, or the reason why there is none, as a clause. */
export type CacheFolder =
  | { readonly folder: string; readonly unusable?: never }
  | { readonly folder?: never; readonly unusable: string }

/**
 * The user's cache folder: `$LAMBDACTL_CACHE_DIR`, or else `lambdactl` in `$XDG_CACHE_HOME` or `~/.cache`. Its content
 * is going to be released, so nobody else may have write access.
 *
 * @param kind `packages` has zips, `python` has installed dependencies, `handlers` has the handlers that were loaded,
 * `layers` has the names of modules in layers, `sdk` has the SDKs of runtimes, `seen` has versions and releases for the
 * completion of a shell
 * @returns its absolute path
 */
export async function cacheFolder(
  kind: 'packages' | 'python' | 'handlers' | 'layers' | 'sdk' | 'seen',
  variables: Variables = process.env,
): Promise<CacheFolder> {
  const folder = join(cacheOf(variables), kind)
  try {
    await makeFolder(folder, 0o700)
    const unusable = await whyOthersMayWrite(folder)
    if (unusable !== undefined) return { unusable }
    await access(folder, constants.W_OK)
    return { folder }
  } catch (error) {
    // Packaging works without a cache where the home is read-only, as in some containers, or the disk is full.
    const { code, path = folder } = error as NodeJS.ErrnoException
    return { unusable: `${path} can't be written (${code})` }
  }
}

function cacheOf(variables: Variables): string {
  const named = variables['LAMBDACTL_CACHE_DIR']
  return named ? resolve(named) : join(caches(variables), 'lambdactl')
}

/** The XDG rules say that a relative path doesn't count. */
function caches(variables: Variables): string {
  const named = variables['XDG_CACHE_HOME']
  return named && isAbsolute(named) ? named : join(homedir(), '.cache')
}

/**
 * The reason why a folder is not this user's alone. A person who may write in a folder above could replace it, unless
 * only owners may rename there, as in /tmp.
 */
async function whyOthersMayWrite(folder: string): Promise<string | undefined> {
  // Windows has neither owners nor modes; there the folder is in the user's profile.
  const uid = process.getuid?.()
  if (uid === undefined) return undefined
  const above = dirname(folder)
  const [own, place] = await Promise.all([lstat(folder), stat(above)])
  if (!own.isDirectory()) return `${folder} is ${own.isSymbolicLink() ? 'a link' : 'not a folder'}`
  if (own.uid !== uid) return `${folder} belongs to another user (${own.uid})`
  if (![uid, 0].includes(place.uid)) return `${above} belongs to another user (${place.uid})`
  if (areOthersLetIn(own.mode)) return `others may write to ${folder} (mode ${inOctal(own.mode)})`
  const isSticky = (place.mode & 0o1000) !== 0
  return areOthersLetIn(place.mode) && !isSticky
    ? `others may write to ${above} (mode ${inOctal(place.mode)})`
    : undefined
}

function areOthersLetIn(mode: number): boolean {
  return (mode & 0o022) !== 0
}

function inOctal(mode: number): string {
  return (mode & 0o7777).toString(8)
}
