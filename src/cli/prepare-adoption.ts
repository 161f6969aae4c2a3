import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { adoptInto } from '../config/adopt.ts'
import { shownName } from '../config/load.ts'
import { parseConfig } from '../config/parse.ts'
import { configSchemaText } from '../config/schema/json-schema.ts'
import type { Config } from '../config/service/config.ts'
import type { LocatedEnvironment } from '../config/service/locate.ts'
import { locateEnvironment } from '../config/service/locate.ts'
import { own } from '../config/service/own.ts'
import { LambdactlError } from '../errors/error.ts'
import { readOutput } from '../iac/read-output.ts'
import type { AdoptOptions } from '../workflows/adopt-function.ts'

/** The flags of `init --from`. */
export interface AdoptionFlags {
  from: string
  env: string
  alias: string | undefined
  'endpoint-url': string | undefined
}

/** An adoption, prepared from the folder's content. */
export interface PreparedAdoption {
  /** The function's place, as far as the file names it. */
  environment: LocatedEnvironment
  options: AdoptOptions
}

/**
 * Reads a folder's `lambdactl.yaml`, and its values for the environment.
 *
 * @throws LambdactlError USAGE, CONFIG_INVALID
 */
export async function prepareAdoption(directory: string, flags: AdoptionFlags): Promise<PreparedAdoption> {
  requireName('--env', flags.env, /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/, 'a name of letters, digits, - and _')
  const lambdaName = isFunctionName(flags.from) ? flags.from : await onlyFunction(flags.from)
  const path = join(directory, 'lambdactl.yaml')
  const existing = await readConfig(path)
  const known = existing && own(existing.config.environments, flags.env)
  const service = {
    path,
    shownAs: shownName(path),
    existing,
    environment: flags.env,
    endpoint: flags['endpoint-url'],
  }
  return {
    environment: existing && known ? locateEnvironment(existing.config, flags.env) : unknown(flags.env),
    options: {
      lambdaName,
      alias: { asked: flags.alias, ofEnvironment: known && (known.alias ?? 'live') },
      directory,
      isNew: existing === undefined,
      schema: configSchemaText(),
      describe: (found) => adoptInto({ ...service, folderName: basename(directory) }, found),
    },
  }
}

/** Everything else is a path: `./checkout` is one, and `checkout` is not. */
function isFunctionName(from: string): boolean {
  return /^[a-zA-Z0-9_-]{1,64}$/.test(from)
}

async function onlyFunction(output: string): Promise<string> {
  const { functions } = await readOutput(resolve(output), output)
  const [only, ...others] = functions
  if (only?.lambdaName !== undefined && others.length === 0) return only.lambdaName
  const names = functions.map(({ logicalId, lambdaName = logicalId }) => lambdaName)
  throw new LambdactlError(
    'USAGE',
    `Expected an output with one function, whose name it tells; ${output} has ${names.join(', ') || 'none'}.`,
    { next: ['Name one by its name in Lambda: --from NAME.'] },
  )
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
    throw error
  }
}

function requireName(flag: string, got: string, pattern: RegExp, expected: string): void {
  if (pattern.test(got)) return
  throw new LambdactlError('USAGE', `Expected ${expected} for ${flag}, got ${JSON.stringify(got)}.`)
}
