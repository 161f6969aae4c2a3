import { readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { filesUnder } from '../adoption/template-files.ts'
import type { TemplateFile } from './template-file.ts'
import type { TemplateFolders } from './template-names.ts'
import { withoutUnused } from './used-packages.ts'

/** The words that depend on the runtime: each stands for its `__name__`. */
const valuesFile = 'values.json'

/** A part of other files, as in `_functions.yaml`: it stands for its `__name__`. */
const part = /^_(\w+)\.(\w+)$/

/** The name of the service in every template. */
const placeholder = 'hello-service'

/** Reads the files of a template with the words of its runtime and the parts of its files, sorted by their places. */
export async function readTemplate({ shared, own }: TemplateFolders): Promise<TemplateFile[]> {
  const folders = [
    ...shared.map((folder) => filesOf(folder, true)),
    ...own.map((folder) => filesOf(folder, false)),
  ]
  const files = new Map((await Promise.all(folders)).flat().map((file) => [file.to, file]))
  const values = JSON.parse(files.get(valuesFile)?.text ?? '{}') as Record<string, string>
  // The parts first: they have other words.
  const words = { ...partsOf(files.values()), function: modelOf(files.keys()), ...values }
  const whole = [...files.values()].filter(({ to }) => to !== valuesFile && !part.test(to))
  const filled = whole.map((file) => ({ ...file, text: fill(file.text, words) }))
  return withoutUnused(filled).toSorted((one, other) => (one.to < other.to ? -1 : 1))
}

function partsOf(files: Iterable<TemplateFile>): Record<string, string> {
  const parts: Record<string, string> = {}
  for (const { to, text } of files) {
    const [, name, extension] = part.exec(to) ?? []
    // The functions are in a map of lambdactl.yaml.
    if (name !== undefined) parts[name] = extension === 'yaml' ? text.replaceAll(/^(?=.)/gm, '  ') : text
  }
  return parts
}

/** The name of a template's function, which is that of its event; empty if it has none. */
export function modelOf(places: Iterable<string>): string {
  const [, model = ''] = [...places].flatMap((place) => /^events\/(\w+)\.json$/.exec(place) ?? [])
  return model
}

async function filesOf(folder: string, isShared: boolean): Promise<TemplateFile[]> {
  const files = (await filesUnder(folder)).map(async (file) => ({
    to: targetName(file),
    text: await readFile(join(folder, file), 'utf8'),
    isShared,
  }))
  return Promise.all(files)
}

function fill(text: string, words: Readonly<Record<string, string>>): string {
  return Object.entries(words).reduce(
    (filled, [name, word]) => filled.replaceAll(`__${name}__`, () => word),
    text,
  )
}

/** A file's text with the service's name. */
export function named({ to, text }: TemplateFile, service: string): string {
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
