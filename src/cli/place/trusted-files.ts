import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { ConfigFile } from '../../config/service/config.ts'
import type { Variables } from '../../config/values/interpolate.ts'
import { LambdactlError } from '../../errors/error.ts'
import { makeFolderSync } from '../../folders/make-folder.ts'
import { isPrivate } from '../sandbox-key/key-folder.ts'

/** A file for each trusted content, named by its fingerprint and holding its path, as in direnv. */
function trustFolder(variables: Variables): string {
  const named = variables['XDG_DATA_HOME']
  const data = named && isAbsolute(named) ? named : join(homedir(), '.local', 'share')
  return join(data, 'lambdactl', 'trusted')
}

/**
 * Tells whether a person has trusted this file with its present content. A record that others could have written does
 * not count.
 */
export function isTrusted({ fingerprint }: ConfigFile, variables: Variables): boolean {
  const folder = trustFolder(variables)
  return isPrivate(folder) && isPrivate(join(folder, fingerprint))
}

/**
 * Trusts a file with its present content.
 *
 * @throws LambdactlError USAGE if there is no folder that only this user may read and write
 */
export function trust({ path, fingerprint }: ConfigFile, variables: Variables): void {
  const folder = trustFolder(variables)
  try {
    makeFolderSync(folder, 0o700)
    writeFileSync(join(folder, fingerprint), `${path}\n`, { mode: 0o600 })
  } catch (cause) {
    throw notKept(`${folder} can't be written: ${(cause as Error).message}`, cause)
  }
  if (!isTrusted({ path, fingerprint }, variables)) throw notKept(`others may read or write ${folder}`)
}

/** The trusted files, by path and fingerprint. */
export function trustedFiles(variables: Variables): ConfigFile[] {
  const folder = trustFolder(variables)
  if (!isPrivate(folder)) return []
  return readdirSync(folder)
    .filter((name) => isPrivate(join(folder, name)))
    .map((fingerprint) => ({ path: readFileSync(join(folder, fingerprint), 'utf8').trimEnd(), fingerprint }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** Removes the trust of a path, for all its contents; returns whether there was any. */
export function distrust(path: string, variables: Variables): boolean {
  const trusted = trustedFiles(variables).filter((file) => file.path === path)
  for (const { fingerprint } of trusted) rmSync(join(trustFolder(variables), fingerprint), { force: true })
  return trusted.length > 0
}

function notKept(why: string, cause?: unknown): LambdactlError {
  return new LambdactlError('USAGE', `The trusted files can't be saved: ${why}.`, {
    next: ['Set XDG_DATA_HOME to a folder that only you may read and write.'],
    cause,
  })
}
