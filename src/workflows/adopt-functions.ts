import type { Manages } from '../config/function/manages.ts'
import { secretNames } from '../release/values/secret-names.ts'
import { type Described, describedAs } from './adoption/described.ts'
import { entryFields } from './adoption/entry-fields.ts'
import { requireNoLink } from './adoption/extract-source.ts'
import { type ReadFunction, readFunctions, type WantedFunction } from './adoption/read-functions.ts'
import { schemaFile } from './adoption/schema-file.ts'
import { removeTaken, type TakenCode, takeCode } from './adoption/take-code.ts'
import { requireFolder, writingInto } from './adoption/writable-folder.ts'
import { configurationFile, writeConfiguration } from './adoption/write-configuration.ts'
import type { WantedAlias } from './alias/choose-alias.ts'
import type { Run } from './run/run.ts'

/** A function to take on. */
export interface FunctionToAdopt
  extends WantedFunction,
    Pick<Described, 'logicalId' | 'as' | 'source' | 'build'> {
  /** Fields of the file that a tool's output tells of, below those that AWS tells of. */
  fields?: Readonly<Record<string, unknown>> | undefined
}

export interface AdoptOptions {
  functions: readonly FunctionToAdopt[]
  alias: WantedAlias
  /** The absolute path of the service's folder; made if missing. */
  directory: string
  /** The text of its `lambdactl.yaml`; undefined if it has none yet. */
  before: string | undefined
  /** The schema's text for a new `lambdactl.yaml`. */
  schema: string
  /** Returns the functions' names in `lambdactl.yaml`, in their order, and the text of that file with them. */
  describe(found: readonly Described[]): { names: { name: string; isKnown: boolean }[]; text: string }
}

export interface Adoption {
  function: string
  lambdaName: string
  manages: Manages
  /** The tool that makes it, as its tags tell: `the CloudFormation stack shop-prod`. */
  owner?: string
  alias: string
  /** False: the first deploy creates it. */
  aliasExists: boolean
  /** The version that was written down: a number, or $LATEST without an alias. */
  version: string
  /** Relative to the service's folder; undefined for an image, and for code that stays where it is. */
  source: string | undefined
  /** The reason why the source is the deployed zip; undefined for a folder and an image. */
  zipReason: string | undefined
  /** How many. */
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

/** The functions that were added, and those that the file had already. */
export interface Adoptions {
  functions: Adoption[]
  /** Their names in the file. */
  known: string[]
  /** The ids of the optional ones that are not there. */
  undeployed: string[]
}

/**
 * Adds functions that lambdactl does not know yet to a service. Of another tool's function only its place is written;
 * of others their configuration, and the code of the version that their alias serves. Changes nothing in AWS, and
 * overwrites nothing. It writes all of them or none.
 *
 * @throws LambdactlError NOT_FOUND, USAGE, PATH_TAKEN, PACKAGE_INVALID
 */
export async function adoptFunctions(run: Run, options: AdoptOptions): Promise<Adoptions> {
  const { directory, functions } = options
  if (functions.length === 0) return { functions: [], known: [], undeployed: [] }
  await writingInto(directory, async () => {
    await requireFolder(directory)
    await requireNoLink(directory, configurationFile)
  })
  const { functions: read, missing } = await readFunctions(run, functions, options.alias)
  const { names, text: plain } = options.describe(read.map((each) => described(each)))
  const all = read.map((each, at) => ({ ...each, name: names[at]?.name ?? '' }))
  const known = names.flatMap(({ name, isKnown }) => (isKnown ? [name] : []))
  const added = all.filter((_, at) => !names[at]?.isKnown)
  const taken = await writingInto(directory, () => takeCode(run, directory, added.filter(needsCode)))
  const written = { directory, before: options.before, schema: options.schema }
  const hasSchema = await writingInto(directory, async () => {
    try {
      const isPlain = [...taken.values()].every(
        (code) => code.zipReason === undefined && Object.keys(code.fields).length === 0,
      )
      const text = isPlain
        ? plain
        : options.describe(all.map((each) => described(each, taken.get(each.name)))).text
      return await writeConfiguration({ ...written, text, hasValues: added.some(hasValues) })
    } catch (error) {
      await removeTaken(directory, taken)
      throw error
    }
  })
  const adoptions = added.map((each) => adoptionOf(each, taken.get(each.name)))
  return {
    functions: adoptions.map((each) => (hasSchema ? { ...each, schema: schemaFile } : each)),
    known,
    undeployed: missing.map(({ lambdaName, logicalId = lambdaName }) => logicalId),
  }
}

/** Code stays where it is if it is another tool's, an image, or in a folder that somebody named. */
function needsCode({ manages, wanted, serving }: ReadFunction<FunctionToAdopt>): boolean {
  return manages === 'function' && wanted.source === undefined && !serving.settings.image
}

function variablesOf({ manages, serving }: ReadFunction): string[] {
  return manages === 'function' ? Object.keys(serving.settings.environment).toSorted() : []
}

function hasValues(read: ReadFunction): boolean {
  return variablesOf(read).length > 0
}

function described(
  { wanted, manages, latest, serving, alias }: ReadFunction<FunctionToAdopt>,
  code?: TakenCode,
): Described {
  const { lambdaName, logicalId, as, source, build, fields: { role: _, ...fields } = {} } = wanted
  const found = describedAs(lambdaName, latest, serving)
  const isZip = code?.zipReason !== undefined
  const deployed = { ...found.fields, ...code?.fields }
  const all = manages === 'code' ? { ...fields } : entryFields(deployed, fields, source !== undefined)
  return { ...found, logicalId, as, manages, alias: alias.name, isZip, source, build, fields: all }
}

function adoptionOf(read: ReadFunction<FunctionToAdopt> & { name: string }, code?: TakenCode): Adoption {
  const { name, wanted, manages, owner, alias, serving } = read
  const variables = variablesOf(read)
  return {
    function: name,
    lambdaName: wanted.lambdaName,
    manages,
    ...(owner !== undefined && { owner }),
    alias: alias.name,
    aliasExists: alias.state !== undefined,
    version: serving.version,
    source: wanted.source ?? code?.source,
    zipReason: code?.zipReason,
    files: code?.files ?? 0,
    kept: code?.rules ?? [],
    secretFiles: code?.secrets ?? [],
    variables,
    secrets: secretNames(variables),
  }
}
