import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFiles } from '../adoption/make-files.ts'
import { requireFree } from '../adoption/template-files.ts'
import { requireFolder, writingInto } from '../adoption/writable-folder.ts'
import { writeConfigurationFile } from '../adoption/write-configuration.ts'
import { modelOf, named, readTemplate } from './read-template.ts'
import type { TemplateFile } from './template-file.ts'
import { findTemplate, type TemplateChoice } from './template-names.ts'
import { testPackages } from './used-packages.ts'

/** A function to add to a service that is there. */
export interface FunctionToAdd extends TemplateChoice {
  /** The folder of the templates. */
  templatesDirectory: string
  /** The service's name. */
  service: string
  /** The service's configuration file, absolute. */
  path: string
  /** The service's folder, absolute. */
  directory: string
  /** The configuration's text as it was read. */
  before: string
  /** The function's name. */
  name: string
  /** Gives the new text of the configuration, from that of the template's, whose function has the new name. */
  extend: (template: string) => string
}

/** The files of an added function. */
export interface FunctionFiles {
  /** The files written, relative to the service's folder, sorted. */
  files: string[]
  /** The packages for its unit test, as npm or pip takes them; none without a test. */
  testPackages: string[]
}

/**
 * Writes a template's function with its event, its role and its test into a service's folder, then its configuration.
 * All or nothing: if a file exists already, or can't be written, nothing is left. A trust policy that is there is
 * shared.
 *
 * @throws LambdactlError PATH_TAKEN, USAGE if the folder can't be written, TEMPLATE_INVALID, and those of `extend`
 */
export async function addFunction(adding: FunctionToAdd): Promise<FunctionFiles> {
  const { templatesDirectory, service, path, directory, before, name, extend } = adding
  const template = await readTemplate(await findTemplate(templatesDirectory, adding))
  const model = modelOf(template.map(({ to }) => to))
  const renamed = template.map((file) => like(file, model, name))
  const configuration = renamed.find(({ to }) => to === 'lambdactl.yaml')
  const text = extend(configuration ? named(configuration, service) : '')
  return writingInto(directory, async () => {
    await requireFolder(directory)
    const shared = (await isThere(join(directory, trust))) ? [] : [trust]
    const files = renamed.filter(
      ({ to }, index) => mentioning(model).test(template[index]?.to ?? '') || shared.includes(to),
    )
    const places = files.map(({ to }) => to).toSorted()
    await requireFree(directory, places)
    const written = files.map((file) => ({ to: file.to, text: async () => named(file, service) }))
    await makeFiles(directory, written, () =>
      writeConfigurationFile(path, { text, before, hasValues: false }),
    )
    return { files: places, testPackages: testPackages(template) }
  })
}

/** The trust policy that all roles share. */
const trust = join('roles', 'trust.json')

/** Finds the name of the template's function in the place of one of its files. */
function mentioning(model: string): RegExp {
  return new RegExp(`(?<=^|[/_])${model}(?=[./])`)
}

/** A file of the template's function, with the name of the new one in its place and its text; its code stays. */
function like({ to, text, isShared }: TemplateFile, model: string, name: string): TemplateFile {
  const place = to.replace(mentioning(model), () => name)
  const isCode = to.startsWith(join('functions', '/'))
  const mentions = new RegExp(`\\b${model}\\b(?!-service)`, 'g')
  return { to: place, text: isCode ? text : text.replaceAll(mentions, () => name), isShared }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
