import { lstat, mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

type Variables = Readonly<Record<string, string | undefined>>

/**
 * The user's folder for what was made before, which nobody else may read or write, in `$LAMBDACTL_CACHE_DIR`, or else in
 * `lambdactl` of `$XDG_CACHE_HOME` or `~/.cache`.
 *
 * @param kind `packages` has zips, `python` installed dependencies, and `handlers` says which were loaded
 * @returns undefined where there is none that could be trusted; what is in it is going to be released
 */
export async function cacheFolder(
  kind: 'packages' | 'python' | 'handlers',
  variables: Variables = process.env,
): Promise<string | undefined> {
  const folder = join(variables['LAMBDACTL_CACHE_DIR'] || join(caches(variables), 'lambdactl'), kind)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const { uid, mode } = await lstat(folder)
    // Windows has neither; there the folder is in the user's profile.
    const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0)
    return isOurs ? folder : undefined
  } catch {
    // A read-only home, as in some containers: packaging goes on without a memory.
    return undefined
  }
}

/** The XDG rules: a relative path doesn't count. */
function caches(variables: Variables): string {
  const named = variables['XDG_CACHE_HOME']
  return named && isAbsolute(named) ? named : join(homedir(), '.cache')
}
