import { readdirSync } from 'node:fs'
import { join } from 'node:path'

export const templatesDirectory = join(import.meta.dirname, '../../templates')

/** A template for a source of events, in one of its runtimes. */
export interface Choice {
  template: string
  runtime: string
}

const foldersIn = (folder: string) => readdirSync(join(templatesDirectory, 'patterns', folder))

/** Each template for a source of events, in each of its runtimes. */
export const templateChoices: readonly Choice[] = foldersIn('').flatMap((template) =>
  foldersIn(template)
    .filter((runtime) => runtime !== 'any')
    .map((runtime) => ({ template, runtime })),
)
