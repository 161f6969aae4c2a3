import { makeFiles } from './adoption/make-files.ts'
import { schemaFile, writeSchema } from './adoption/schema-file.ts'
import { requireFree } from './adoption/template-files.ts'
import { requireFolder, writingInto } from './adoption/writable-folder.ts'
import { named, readTemplate } from './templates/read-template.ts'
import { findTemplate, invalidTemplate, type TemplateChoice } from './templates/template-names.ts'

export interface InitServiceOptions extends TemplateChoice {
  /** The folder of the templates. */
  templatesDirectory: string
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
 * @throws LambdactlError PATH_TAKEN with the existing path; USAGE if the folder can't be written, or for a runtime that
 * the template does not have; TEMPLATE_INVALID for an unknown template, or one without lambdactl.yaml
 */
export async function initService(options: InitServiceOptions): Promise<{ files: string[] }> {
  const { templatesDirectory, directory, service, schema } = options
  const files = await readTemplate(await findTemplate(templatesDirectory, options))
  const written = files.map(({ to }) => to)
  if (!written.includes('lambdactl.yaml'))
    throw invalidTemplate(`The template ${options.template} has no lambdactl.yaml.`)
  return writingInto(directory, async () => {
    await requireFolder(directory)
    await requireFree(directory, written)
    const texts = files.map((file) => ({ to: file.to, text: async () => named(file, service) }))
    await makeFiles(directory, texts, async () => {
      if (await writeSchema(directory, schema)) written.push(schemaFile)
    })
    return { files: written.toSorted() }
  })
}
