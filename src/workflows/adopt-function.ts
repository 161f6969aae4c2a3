import { lstat, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LambdactlError } from '../errors/error.ts'
import { type DeployedFile, deployedFiles } from '../packaging/deployed-code.ts'
import { keepRules } from '../packaging/keep-rules.ts'
import { unpack } from '../packaging/unpack.ts'
import type { FunctionState } from '../ports/functions.ts'
import { secretNames } from '../release/secret-names.ts'
import { type ChosenAlias, chooseAlias, type WantedAlias } from './choose-alias.ts'
import { friendlyFields } from './friendly-fields.ts'
import type { Run } from './run.ts'

/** What is known of a function that is adopted, for the file that describes it. */
export interface Described {
  lambdaName: string
  region: string
  /** 12 digits. */
  account: string
  alias: string
  role: string
  /** As fields of `lambdactl.yaml`. */
  fields: Record<string, unknown>
}

export interface AdoptOptions {
  lambdaName: string
  alias: WantedAlias
  /** The folder of the service, absolute; made where it isn't there. */
  directory: string
  /** Whether there is no `lambdactl.yaml` in it yet. */
  isNew: boolean
  /** What the function is called in `lambdactl.yaml`, and the text of that with it. */
  describe(found: Described): { name: string; text: string }
}

export interface Adoption {
  function: string
  lambdaName: string
  alias: string
  /** False: the first deploy creates it. */
  aliasExists: boolean
  /** Whose code and configuration it is: a number, or $LATEST without an alias. */
  version: string
  /** Relative to the service's folder; undefined for an image, which stays where it is. */
  source: string | undefined
  files: number
  /** Files that a package would have left out, and that are kept by a `.lambdactlignore`: its rules. */
  kept: readonly string[]
  /** The names of its environment variables, whose values are in the file now. */
  variables: readonly string[]
  /** Those of them that sound like secrets. */
  secrets: readonly string[]
}

/**
 * Writes a function that lambdactl does not know yet into a service: its configuration, and the code of the version that its
 * alias serves. Changes nothing in AWS, and overwrites nothing.
 *
 * @throws LambdactlError NOT_FOUND, USAGE, PATH_TAKEN, PACKAGE_INVALID
 */
export async function adoptFunction(run: Run, options: AdoptOptions): Promise<Adoption> {
  const { lambdaName, directory } = options
  const { latest, serving, alias } = await find(run, options)
  const files = serving.settings.image ? [] : await filesOf(run, serving)
  const described = describedAs(lambdaName, latest, serving, alias)
  const { name, text } = options.describe({
    ...described,
    fields: { ...described.fields, ...asInstalled(serving, files) },
  })
  const source = serving.settings.image ? undefined : join('functions', name)
  const kept = source ? await takeSource(directory, source, files, serving) : []
  try {
    await mkdir(directory, { recursive: true })
    await writeFile(join(directory, 'lambdactl.yaml'), text, { flag: options.isNew ? 'wx' : 'w' })
  } catch (error) {
    if (source) await rm(join(directory, source), { recursive: true })
    throw error
  }
  const variables = Object.keys(serving.settings.environment).toSorted()
  return {
    function: name,
    lambdaName,
    alias: alias.name,
    aliasExists: alias.state !== undefined,
    version: serving.version,
    source,
    files: files.length,
    kept,
    variables,
    secrets: secretNames(variables),
  }
}

async function filesOf(run: Run, { name, version }: FunctionState): Promise<DeployedFile[]> {
  return deployedFiles(await run.aws.functions.code(name, version), `${name}:${version}`)
}

/** @returns the rules that keep files which packages leave out */
async function takeSource(
  directory: string,
  source: string,
  files: readonly DeployedFile[],
  { name, version }: FunctionState,
): Promise<string[]> {
  await requireFree(directory, source)
  return writeSource(join(directory, source), files, `${name}:${version}`)
}

interface Found {
  latest: FunctionState
  /** The version of the alias; $LATEST without one. */
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
  return new LambdactlError('NOT_FOUND', `There is no function ${what} here.`)
}

/** The Description is the function's own: a version may have another. */
function describedAs(
  lambdaName: string,
  { settings: { description } }: FunctionState,
  { arn, settings, image }: FunctionState,
  { name: alias }: ChosenAlias,
): Described {
  const [, , , region = '', account = ''] = arn.split(':')
  const fields = friendlyFields({ ...settings, description }, image)
  return { lambdaName, region, account, alias, role: settings.role, fields }
}

/** What was deployed has its dependencies installed already: a list of them that lies beside it is not to be installed again. */
function asInstalled({ settings }: FunctionState, files: readonly DeployedFile[]): { requirements?: false } {
  const lists = ['requirements.txt', 'pyproject.toml', 'uv.lock']
  const isListed = files.some(({ path }) => lists.includes(path))
  return settings.runtime.startsWith('python') && isListed ? { requirements: false } : {}
}

async function requireFree(directory: string, path: string): Promise<void> {
  const status = await lstat(join(directory, path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!status) return
  throw new LambdactlError('PATH_TAKEN', `${path} is in ${directory} already; nothing was written.`, {
    next: ['Choose another folder, or move what is there.'],
  })
}

/** All of it or nothing: it is unpacked beside its place, and then moved there. */
async function writeSource(folder: string, files: readonly DeployedFile[], what: string): Promise<string[]> {
  const parent = join(folder, '..')
  await mkdir(parent, { recursive: true })
  const unfinished = await mkdtemp(join(parent, '.adopting-'))
  try {
    const inside = join(unfinished, 'source')
    await mkdir(inside)
    await unpack(files, inside, what)
    const rules = await keepRules(
      inside,
      files.map(({ path }) => path),
    )
    if (rules.length > 0) await writeFile(join(inside, '.lambdactlignore'), keepText(rules), { flag: 'wx' })
    await rename(inside, folder)
    return rules
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

function keepText(rules: readonly string[]): string {
  return `# Was deployed before lambdactl packed it; without these lines it is left out.\n${rules.join('\n')}\n`
}
