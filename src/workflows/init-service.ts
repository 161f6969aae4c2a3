import { lstat, readdir, readFile, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { LambdactlError } from '../errors/error.ts'
import { makeFolder } from '../folders/make-folder.ts'
import { schemaFile, writeSchema } from './adoption/schema-file.ts'
import { fileAbove, requireFolder, writingInto } from './adoption/writable-folder.ts'
import { writeNew } from './adoption/write-new.ts'

export interface InitServiceOptions {
  /** The folder with one folder for each template. */
  templatesDirectory: string
  template: string
  /** The folder of the new service; made if missing. */
  directory: string
  /** The name of the service, which replaces the template's. */
  service: string
  /** The text of the schema of `lambdactl.yaml`. */
  schema: string
}

/**
 * Copies a template, and writes the schema that its first line names. All or nothing: if one of its files exists
 * already, or can't be written, no file is left.
 *
 * @returns the files written, relative to the directory, sorted
 * @throws LambdactlError PATH_TAKEN with the existing path; USAGE if the folder can't be written; TEMPLATE_INVALID for
 * an unknown template, or one without lambdactl.yaml
 */
export async function initService(options: InitServiceOptions): Promise<{ files: string[] }> {
  const { templatesDirectory, template, directory } = options
  await requireTemplate(templatesDirectory, template)
  const source = join(templatesDirectory, template)
  const sources = (await filesUnder(source)).toSorted()
  if (!sources.includes('lambdactl.yaml')) throw invalid(`The template ${template} has no lambdactl.yaml.`)
  await writingInto(directory, async () => {
    await requireFolder(directory)
    await requireFree(directory, sources.map(targetName))
  })
  const files = await writingInto(directory, () => copy(source, sources, options))
  return { files: files.toSorted() }
}

/** Removes the written files if one can't be written. */
async function copy(
  source: string,
  sources: readonly string[],
  { directory, service, schema }: InitServiceOptions,
): Promise<string[]> {
  const written: string[] = []
  try {
    for (const file of sources) {
      const target = targetName(file)
      await writeNamed(join(source, file), join(directory, target), service)
      written.push(target)
    }
    if (await writeSchema(directory, schema)) written.push(schemaFile)
    return written
  } catch (error) {
    for (const file of written) await rm(join(directory, file), { force: true })
    throw error
  }
}

/** The name of the service in every template. */
const placeholder = 'hello-service'

/** Copies a file and replaces the service's name in it. */
async function writeNamed(from: string, to: string, service: string): Promise<void> {
  const text = await readFile(from, 'utf8')
  // npm accepts no capitals.
  const name = basename(to) === 'package.json' ? service.toLowerCase() : service
  const named = text
    .replace(`service: ${placeholder}\n`, () => `service: ${asYaml(service)}\n`)
    .replaceAll(placeholder, () => name)
  await makeFolder(dirname(to))
  await writeNew(to, named)
}

/** Quotes a name that YAML would read as a number, a date or a boolean. */
function asYaml(name: string): string {
  return /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z]/i.test(name) ? name : JSON.stringify(name)
}

async function requireTemplate(templatesDirectory: string, template: string): Promise<void> {
  const entries = await readdir(templatesDirectory, { withFileTypes: true })
  const known = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  if (known.includes(template)) return
  throw invalid(
    `There is no template ${JSON.stringify(template)}: expected one of ${known.toSorted().join(', ')}.`,
    [`Name one of them, as in --template ${known.toSorted()[0] ?? 'node'}.`],
  )
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = entries.map(async (entry) => {
    if (!entry.isDirectory()) return [entry.name]
    return (await filesUnder(join(folder, entry.name))).map((file) => join(entry.name, file))
  })
  return (await Promise.all(found)).flat()
}

/** npm does not publish a `.gitignore`, so templates store it without its dot. */
function targetName(file: string): string {
  return basename(file) === 'gitignore' ? join(dirname(file), '.gitignore') : file
}

async function requireFree(directory: string, files: readonly string[]): Promise<void> {
  const found = await Promise.all(files.map((file) => inTheWay(directory, file)))
  const taken = [...new Set(found.filter((path) => path !== undefined))]
  if (taken.length === 0) return
  const verb = taken.length === 1 ? 'is' : 'are'
  throw new LambdactlError(
    'PATH_TAKEN',
    `${taken.join(', ')} ${verb} in ${directory} already; nothing was written.`,
    {
      next: ['Choose another folder, or move the existing files.'],
    },
  )
}

/**
 * Finds the path that is taken at a file's place, also by a dangling link, or by a file instead of one of its folders.
 */
async function inTheWay(directory: string, file: string): Promise<string | undefined> {
  try {
    await lstat(join(directory, file))
    return file
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return fileAbove(directory, file)
    throw error
  }
}

function invalid(message: string, next: readonly string[] = []): LambdactlError {
  return new LambdactlError('TEMPLATE_INVALID', message, { next })
}
