import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { makeFiles } from './adoption/make-files.ts'
import { schemaFile, writeSchema } from './adoption/schema-file.ts'
import { filesUnder, invalidTemplate, requireFree, requireTemplate } from './adoption/template-files.ts'
import { requireFolder, writingInto } from './adoption/writable-folder.ts'

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
  if (!sources.includes('lambdactl.yaml'))
    throw invalidTemplate(`The template ${template} has no lambdactl.yaml.`)
  await writingInto(directory, async () => {
    await requireFolder(directory)
    await requireFree(directory, sources.map(targetName))
  })
  const files = await writingInto(directory, () => copy(source, sources, options))
  return { files: files.toSorted() }
}

/** The template's files, then the schema. */
async function copy(
  source: string,
  sources: readonly string[],
  { directory, service, schema }: InitServiceOptions,
): Promise<string[]> {
  const files = sources.map((file) => ({
    to: targetName(file),
    text: () => named(join(source, file), targetName(file), service),
  }))
  const written = files.map(({ to }) => to)
  await makeFiles(directory, files, async () => {
    if (await writeSchema(directory, schema)) written.push(schemaFile)
  })
  return written
}

/** The name of the service in every template. */
const placeholder = 'hello-service'

/** A file's text with the service's name. */
async function named(from: string, to: string, service: string): Promise<string> {
  const text = await readFile(from, 'utf8')
  // npm accepts no capitals.
  const name = basename(to) === 'package.json' ? service.toLowerCase() : service
  return text
    .replace(`service: ${placeholder}\n`, () => `service: ${asYaml(service)}\n`)
    .replaceAll(placeholder, () => name)
}

/** Quotes a name that YAML would read as a number, a date or a boolean. */
function asYaml(name: string): string {
  return /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z]/i.test(name) ? name : JSON.stringify(name)
}

/** npm does not publish a `.gitignore`, so templates store it without its dot. */
function targetName(file: string): string {
  return basename(file) === 'gitignore' ? join(dirname(file), '.gitignore') : file
}
