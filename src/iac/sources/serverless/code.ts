import { join, resolve } from 'node:path'
import type { FoundFunction } from '../../found-function.ts'
import { texts } from '../forms.ts'
import { dataOf, findParts, listOf, type Part, partAt, partsOf, textOf } from '../part.ts'
import { leave, type Openness, openParts, type Taken, takeProperties } from '../take.ts'
import { esbuildSettings } from './esbuild.ts'

/** A function of serverless.yml with its service. */
export interface Served {
  readonly name: string
  readonly part: Part
  readonly service: Part
  /** The absolute folder of serverless.yml, and the file's name in it. */
  readonly directory: string
  readonly file: string
}

/** The source of a function, its build, and the fields that say how lambdactl packages it. */
interface FoundCode extends Taken, Pick<FoundFunction, 'source' | 'build'> {}

/** Finds the source of a function. */
export function codeOf(served: Served, runtime: string, openness: Openness): FoundCode {
  const { part, service, directory } = served
  const image = partAt(part, 'image')
  if (image) return imageOf(image, openness)
  const whole = [part, service]
    .map((each) => partAt(each, 'package'))
    .find((each) => each && openness.isOpen(each))
  if (whole) return { fields: {}, left: openParts('package', whole, openness) }
  const artifact = partAt(part, 'package', 'artifact') ?? partAt(service, 'package', 'artifact')
  const written = artifact && textOf(artifact)
  if (artifact && (written === undefined || openness.isOpen(artifact)))
    return { fields: {}, left: openParts('package.artifact', artifact, openness) }
  if (written?.startsWith('s3://')) return { source: { address: written }, fields: {}, left: [] }
  if (written !== undefined) return { source: { path: resolve(directory, written) }, fields: {}, left: [] }
  const settings = partAt(service, 'custom', 'esbuild') ?? partAt(service, 'build', 'esbuild')
  if (pluginsOf(service).includes('serverless-esbuild') || settings)
    return bundled(served, settings, openness)
  return isPlain(service, runtime, openness) ? packed(served, runtime, openness) : builtByServerless(served)
}

function imageOf(image: Part, openness: Openness): FoundCode {
  const [uri, ...started] = ['uri', 'command', 'entryPoint', 'workingDirectory'].map((name) =>
    partAt(image, name),
  )
  const address = textOf(image) ?? textOf(uri)
  if (!address?.includes('@sha256:')) {
    const open = openParts('image', image, openness)
    const why = 'name the image by its digest in image; lambdactl does not build images'
    return { fields: {}, left: open.length > 0 ? open : [leave('image', image, why, openness)] }
  }
  const [command, entryPoint, workingDirectory] = started.map((each) => each && dataOf(each))
  const map = {
    uri: address,
    ...(command !== undefined && { command }),
    ...(entryPoint !== undefined && { entryPoint }),
    ...(workingDirectory !== undefined && { workingDirectory }),
  }
  return { fields: { image: map }, left: [] }
}

function pluginsOf(service: Part): readonly string[] {
  const plugins = partAt(service, 'plugins', 'modules') ?? partAt(service, 'plugins')
  return (texts(plugins && dataOf(plugins)) ?? []).filter((name) => name !== '')
}

/** Plug-ins that leave the package as it is, or whose work lambdactl does. */
const harmless =
  /^(serverless-offline.*|serverless-python-requirements|serverless-dotenv-plugin|serverless-domain-manager|serverless-iam-roles-per-function|serverless-prune-plugin|serverless-step-functions|serverless-plugin-warmup|serverless-esbuild)$/

function isPlain(service: Part, runtime: string, { isOpen }: Openness): boolean {
  const plugins = partAt(service, 'plugins')
  // Plug-ins that a variable brings may package in their own way.
  if (plugins && findParts(plugins, isOpen).length > 0) return false
  return /^(nodejs|python)/.test(runtime) && pluginsOf(service).every((name) => harmless.test(name))
}

function bundled({ directory }: Served, settings: Part | undefined, openness: Openness): FoundCode {
  if (settings && openness.isOpen(settings)) {
    const left = openParts('esbuild', settings, openness)
    return { source: { path: directory }, fields: { bundle: { format: 'cjs' } }, left }
  }
  const { fields, left } = settings
    ? takeProperties(partsOf(settings), esbuildSettings, openness)
    : { fields: {}, left: [] }
  const named = left.map(({ what, ...rest }) => ({ what: `esbuild.${what}`, ...rest }))
  return { source: { path: directory }, fields: { bundle: { format: 'cjs', ...fields } }, left: named }
}

/** The framework packs the whole folder, except what the patterns leave out. */
function packed({ part, service, directory, file }: Served, runtime: string, openness: Openness): FoundCode {
  const lists = [partAt(service, 'package', 'patterns'), ownPatterns(service, part)].filter(
    (each) => each !== undefined,
  )
  const left = lists.flatMap((list) => openParts('package.patterns', list, openness))
  const patterns = lists.flatMap(listOf).flatMap((each) => textOf(each) ?? [])
  const requires = pluginsOf(service).includes('serverless-python-requirements')
  return {
    source: { path: directory },
    fields: {
      ...(runtime.startsWith('nodejs') && { bundle: false }),
      ...(runtime.startsWith('python') && !requires && { requirements: false }),
      ...(left.length === 0 && { include: ['**', `!${file}`, ...patterns] }),
    },
    left,
  }
}

/** A function's patterns count only if it has a package of its own. */
function ownPatterns(service: Part, part: Part): Part | undefined {
  const isOwn = [service, part].some((each) => partAt(each, 'package', 'individually')?.value === true)
  return isOwn ? partAt(part, 'package', 'patterns') : undefined
}

function builtByServerless({ name, part, service, directory }: Served): FoundCode {
  const isOwn = [service, part].some((each) => partAt(each, 'package', 'individually')?.value === true)
  const zip = isOwn ? name : (textOf(partAt(service, 'service')) ?? name)
  return {
    source: { path: join(directory, '.serverless', `${zip}.zip`) },
    build: { run: ['npx', 'serverless', 'package'], in: directory },
    fields: {},
    left: [],
  }
}
