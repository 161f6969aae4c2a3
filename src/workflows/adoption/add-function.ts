import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFiles } from './make-files.ts'
import { filesUnder, requireFree, requireTemplate } from './template-files.ts'
import { requireFolder, writingInto } from './writable-folder.ts'
import { writeConfigurationFile } from './write-configuration.ts'

/** A function to add to a service that is there. */
export interface FunctionToAdd {
  /** The folder with one folder for each template. */
  templatesDirectory: string
  template: string
  /** The service's configuration file, absolute. */
  path: string
  /** The service's folder, absolute. */
  directory: string
  /** The configuration's text as it was read. */
  before: string
  /** The function's name. */
  name: string
  /** Gives the new text of the configuration, from that of the template's. */
  extend: (template: string) => string
}

/**
 * Writes a template's function and its event into a service's folder, then its configuration. All or nothing: if a file
 * exists already, or can't be written, nothing is left.
 *
 * @returns the files written, relative to the service's folder, sorted
 * @throws LambdactlError PATH_TAKEN, USAGE if the folder can't be written, TEMPLATE_INVALID, and those of `extend`
 */
export async function addFunction(adding: FunctionToAdd): Promise<string[]> {
  const { templatesDirectory, template, path, directory, before, name, extend } = adding
  await requireTemplate(templatesDirectory, template)
  const from = join(templatesDirectory, template)
  const text = extend(await readFile(join(from, 'lambdactl.yaml'), 'utf8'))
  const sources = await filesUnder(join(from, 'functions', 'hello'))
  const files = [
    ...sources.map((file) => ({
      from: join(from, 'functions', 'hello', file),
      to: join('functions', name, file),
    })),
    { from: join(from, 'events', 'hello.json'), to: join('events', `${name}.json`) },
  ]
  return writingInto(directory, async () => {
    await requireFolder(directory)
    await requireFree(
      directory,
      files.map(({ to }) => to),
    )
    const written = files.map(({ from: source, to }) => ({ to, text: () => readFile(source, 'utf8') }))
    await makeFiles(directory, written, () =>
      writeConfigurationFile(path, { text, before, hasValues: false }),
    )
    return files.map(({ to }) => to).toSorted()
  })
}
