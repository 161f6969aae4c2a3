import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'

/** The choice of a template; without a name it is a first service with one function. */
export interface TemplateChoice {
  template: string | undefined
  /** `node`, `python` or `provided`; the template's first by default. */
  runtime: string | undefined
}

/** A template's folders. A later folder's file replaces the same file of an earlier one. */
export interface TemplateFolders {
  /** The folders with the parts that all templates of events share. */
  shared: string[]
  own: string[]
}

/** The folder of the templates for a source of events. */
const patterns = 'patterns'

/** The runtimes in the order in which messages name them. The first is the default. */
const runtimes = ['node', 'python', 'provided']

/**
 * Finds the folders of a template.
 *
 * @throws LambdactlError TEMPLATE_INVALID for an unknown template, USAGE for a runtime that it does not have
 */
export async function findTemplate(directory: string, choice: TemplateChoice): Promise<TemplateFolders> {
  const plain = (await foldersIn(directory)).filter((name) => !notTemplates.has(name))
  const events = await foldersIn(join(directory, patterns))
  const { runtime, template = runtime ?? runtimes[0] ?? '' } = choice
  if (plain.includes(template)) {
    if (runtime !== undefined && runtime !== template) throw otherRuntime(template, runtime, [template])
    return { shared: [], own: [join(directory, template)] }
  }
  if (!events.includes(template)) throw unknownTemplate(template, [...plain, ...events])
  const own = join(directory, patterns, template)
  const offered = (await foldersIn(own)).filter((name) => name !== 'any')
  const chosen = runtime ?? runtimes.find((name) => offered.includes(name)) ?? ''
  if (!offered.includes(chosen)) throw otherRuntime(template, chosen, offered)
  return {
    shared: ['any', chosen].map((name) => join(directory, 'shared', name)),
    own: ['any', chosen].map((name) => join(own, name)),
  }
}

/** Pipelines and shared parts are no services. */
const notTemplates: ReadonlySet<string> = new Set(['ci', 'shared', patterns])

/** The names of a folder's folders, sorted; none if it is missing. */
async function foldersIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function unknownTemplate(template: string, known: readonly string[]): LambdactlError {
  return invalidTemplate(
    `There is no template ${JSON.stringify(template)}: expected one of ${known.join(', ')}.`,
    [`Name one of them, as in --template ${known[0] ?? 'node'}.`],
  )
}

function otherRuntime(template: string, runtime: string, offered: readonly string[]): LambdactlError {
  const known = runtimes.filter((name) => offered.includes(name))
  return new LambdactlError(
    'USAGE',
    `The template ${template} is not there for the runtime ${runtime}: expected ${known.join(' or ')}.`,
    { next: [`Name another runtime, as in --runtime ${known[0] ?? 'node'}, or another template.`] },
  )
}

/** An error about a template. */
export function invalidTemplate(message: string, next: readonly string[] = []): LambdactlError {
  return new LambdactlError('TEMPLATE_INVALID', message, { next })
}
