import { randomUUID } from 'node:crypto'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { LambdactlError } from '../errors/error.ts'
import { makeFolder } from '../folders/make-folder.ts'
import type { DeployedFile } from '../packaging/adopted/deployed-code.ts'
import { mayDeclare } from '../packaging/python/elsewhere.ts'
import type { FunctionState } from '../ports/functions.ts'
import { secretNames } from '../release/values/secret-names.ts'
import { type DownloadedCode, downloaded, extractSource, requireNoLink } from './adoption/extract-source.ts'
import { schemaFile, writeSchema } from './adoption/schema-file.ts'
import { settingsAsFields } from './adoption/settings-as-fields.ts'
import { requireFolder, writingInto } from './adoption/writable-folder.ts'
import { writeNew } from './adoption/write-new.ts'
import { type ChosenAlias, chooseAlias, type WantedAlias } from './alias/choose-alias.ts'
import type { Run } from './run/run.ts'

const configurationFile = 'lambdactl.yaml'

/** The facts about a function for the file that will describe it. */
export interface Described {
  lambdaName: string
  /** With the version, if it is a published one. */
  arn: string
  region: string
  /** 12 digits. */
  account: string
  alias: string
  role: string
  /** Whether its source is a zip, not a folder. */
  isZip: boolean
  /** In the form of fields of `lambdactl.yaml`. */
  fields: Record<string, unknown>
}

export interface AdoptOptions {
  lambdaName: string
  alias: WantedAlias
  /** The absolute path of the service's folder; made if missing. */
  directory: string
  /** Whether it has no `lambdactl.yaml` yet. */
  isNew: boolean
  /** The schema's text for a new `lambdactl.yaml`. */
  schema: string
  /** Returns the function's name in `lambdactl.yaml`, and the text of that file with the function. */
  describe(found: Described): { name: string; text: string }
}

export interface Adoption {
  function: string
  lambdaName: string
  alias: string
  /** False: the first deploy creates it. */
  aliasExists: boolean
  /** The version that was written down: a number, or $LATEST without an alias. */
  version: string
  /** Relative to the service's folder; undefined for an image, which stays in its place. */
  source: string | undefined
  /** The reason why the source is the deployed zip; undefined for a folder and an image. */
  zipReason: string | undefined
  files: number
  /** The schema's file, if it was written beside a new `lambdactl.yaml`. */
  schema?: string
  /** The rules of a `.lambdactlignore` for files that a package would have left out. */
  kept: readonly string[]
  /** The kept files that look like secrets. */
  secretFiles: readonly string[]
  /** The names of its environment variables; their values are in the file now. */
  variables: readonly string[]
  /** The names among them that sound like secrets. */
  secrets: readonly string[]
}

/**
 * Adds a function that lambdactl does not know yet to a service: its configuration, and the code of the version that
 * its alias serves. Changes nothing in AWS, and overwrites nothing.
 *
 * @throws LambdactlError NOT_FOUND, USAGE, PATH_TAKEN, PACKAGE_INVALID
 */
export async function adoptFunction(run: Run, options: AdoptOptions): Promise<Adoption> {
  const { lambdaName, directory } = options
  await writingInto(directory, async () => {
    await requireFolder(directory)
    await requireNoLink(directory, configurationFile)
  })
  const { latest, serving, alias } = await find(run, options)
  const code = serving.settings.image ? undefined : await download(run, serving)
  const found = describedAs(lambdaName, latest, serving, alias)
  const fields = { ...found.fields, ...asInstalled(serving, code?.files ?? []) }
  const describe = (isZip: boolean) => options.describe({ ...found, isZip, fields })
  const { name, text: plain } = describe(false)
  const variables = Object.keys(serving.settings.environment).toSorted()
  const taken = await writingInto(
    directory,
    async () => code && (await extractSource(directory, join('functions', name), code)),
  )
  const hasSchema = await writingInto(directory, async () => {
    let hasWritten = false
    try {
      const text = taken?.zipReason === undefined ? plain : describe(true).text
      await makeFolder(directory)
      const hasValues = variables.length > 0
      // The configuration is written last: it names all other files, and nothing after it can fail.
      hasWritten = options.isNew && (await writeSchema(directory, options.schema))
      await writeConfiguration(join(directory, configurationFile), text, { ...options, hasValues })
      return hasWritten
    } catch (error) {
      if (hasWritten) await rm(join(directory, schemaFile), { force: true })
      if (taken) await rm(join(directory, taken.source), { recursive: true })
      throw error
    }
  })
  return {
    function: name,
    lambdaName,
    alias: alias.name,
    aliasExists: alias.state !== undefined,
    version: serving.version,
    source: taken?.source,
    zipReason: taken?.zipReason,
    files: code?.files.length ?? 0,
    ...(hasSchema ? { schema: schemaFile } : {}),
    kept: taken?.rules ?? [],
    secretFiles: taken?.secrets ?? [],
    variables,
    secrets: secretNames(variables),
  }
}

/** A file with variables' values, which may be secrets, is private from its first byte on. */
async function writeConfiguration(
  path: string,
  text: string,
  { isNew, hasValues }: { isNew: boolean; hasValues: boolean },
): Promise<void> {
  if (isNew) return writeNew(path, text, hasValues ? 0o600 : undefined)
  const unfinished = `${path}.${randomUUID()}`
  const { mode } = await stat(path)
  await writeNew(unfinished, text, hasValues ? 0o600 : mode & 0o777)
  try {
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

async function download(run: Run, { name, version, settings }: FunctionState): Promise<DownloadedCode> {
  return downloaded(await run.aws.functions.code(name, version), `${name}:${version}`, settings)
}

interface Found {
  latest: FunctionState
  /** The alias's version; $LATEST without an alias. */
  serving: FunctionState
  alias: ChosenAlias
}

async function find(run: Run, { lambdaName, alias: wanted }: AdoptOptions): Promise<Found> {
  const latest = await run.aws.functions.get(lambdaName)
  if (!latest) throw notThere(lambdaName)
  const alias = chooseAlias(lambdaName, await run.aws.aliases.list(lambdaName), wanted)
  const serving = alias.state ? await run.aws.functions.get(lambdaName, alias.state.version) : latest
  if (!serving) throw notThere(`${lambdaName}:${alias.state?.version}`)
  requireReadable(lambdaName, serving)
  return { latest, serving, alias }
}

function requireReadable(lambdaName: string, { hiddenVariables }: FunctionState): void {
  if (hiddenVariables === undefined) return
  throw new LambdactlError(
    'NOT_PERMITTED',
    `The environment variables of ${lambdaName} can't be read: ${hiddenVariables}`,
    { next: ["Have kms:Decrypt granted on the function's key, then run the command again."] },
  )
}

function notThere(what: string): LambdactlError {
  return new LambdactlError('NOT_FOUND', `The function ${what} does not exist here.`)
}

/** The Description is the function's own: a version may have another. */
function describedAs(
  lambdaName: string,
  { settings: { description } }: FunctionState,
  { arn: versioned, version, settings, image }: FunctionState,
  { name: alias }: ChosenAlias,
): Omit<Described, 'isZip'> {
  const parts = versioned.split(':').slice(0, 7)
  const [, , , region = '', account = ''] = parts
  const fields = settingsAsFields({ ...settings, description }, lambdaName, image)
  const arn = [...parts, ...(version === '$LATEST' ? [] : [version])].join(':')
  return { lambdaName, arn, region, account, alias, role: settings.role, fields }
}

/** Deployed code contains its installed dependencies, so a requirements file beside it must not be installed again. */
function asInstalled({ settings }: FunctionState, files: readonly DeployedFile[]): { requirements?: false } {
  const isListed = files.some(({ path }) => mayDeclare(path))
  return settings.runtime.startsWith('python') && isListed ? { requirements: false } : {}
}
