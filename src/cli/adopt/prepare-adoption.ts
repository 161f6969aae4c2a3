import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { adoptInto } from '../../config/adopt.ts'
import { shownName } from '../../config/load.ts'
import { parseConfig } from '../../config/parse.ts'
import { configSchemaText } from '../../config/schema/json-schema.ts'
import type { Config } from '../../config/service/config.ts'
import type { LocatedEnvironment } from '../../config/service/locate.ts'
import { locateEnvironment } from '../../config/service/locate.ts'
import { own } from '../../config/service/own.ts'
import { LambdactlError } from '../../errors/error.ts'
import type { AdoptOptions } from '../../workflows/adopt-functions.ts'

/** The flags of `init --from` that say where the functions are. */
export interface AdoptionFlags {
  env: string
  alias: string | undefined
  'endpoint-url': string | undefined
}

/** An adoption, prepared from the folder's content. */
export interface PreparedAdoption {
  /** The functions' place, as far as the file names it. */
  environment: LocatedEnvironment
  /** @param skipsKnown whether functions that the file has are no error */
  options: (skipsKnown: boolean) => Omit<AdoptOptions, 'functions'>
}

/**
 * Reads a folder's `lambdactl.yaml`, and its values for the environment.
 *
 * @throws LambdactlError USAGE, CONFIG_INVALID
 */
export async function prepareAdoption(directory: string, flags: AdoptionFlags): Promise<PreparedAdoption> {
  requireName('--env', flags.env, /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/)
  const path = join(directory, 'lambdactl.yaml')
  const existing = await readConfig(path)
  const known = existing && own(existing.config.environments, flags.env)
  const service = {
    path,
    shownAs: shownName(path),
    existing,
    environment: flags.env,
    endpoint: flags['endpoint-url'],
    folderName: basename(directory),
  }
  return {
    environment: existing && known ? locateEnvironment(existing.config, flags.env) : unknown(flags.env),
    options: (skipsKnown) => ({
      alias: { asked: flags.alias, ofEnvironment: known && (known.alias ?? 'live') },
      directory,
      before: existing?.text,
      schema: configSchemaText(),
      describe: (found) => adoptInto({ ...service, skipsKnown }, found),
    }),
  }
}

function unknown(name: string): LocatedEnvironment {
  return { name, alias: 'live', protected: false, functions: [] }
}

async function readConfig(path: string): Promise<{ text: string; config: Config } | undefined> {
  try {
    const text = await readFile(path, 'utf8')
    return { text, config: parseConfig(text, { path, shownAs: shownName(path) }) }
  } catch (error) {
    // A file in the path is reported when the folder is read.
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    if (code === 'EISDIR') throw isFolder(path)
    throw error
  }
}

function isFolder(path: string): LambdactlError {
  const what = `${path} is a folder, so the configuration can't be written there; nothing was written.`
  return new LambdactlError('PATH_TAKEN', what, { next: ['Rename it, or choose another folder.'] })
}

/** @throws LambdactlError USAGE */
export function requireName(flag: string, got: string, pattern: RegExp): void {
  if (pattern.test(got)) return
  const expected = 'a name of letters, digits, - and _'
  throw new LambdactlError('USAGE', `Expected ${expected} for ${flag}, got ${JSON.stringify(got)}.`)
}
