import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LambdactlError } from '../../errors/error.ts'

/**
 * The published schema of all that a command prints under `--json`: of its document, or else of its events.
 *
 * @param root the folder of the installed program
 * @param words the command's words; `error` for the document of a failed command, `version` for that of `--version`
 * @param onlyEvents asks for the events of a command that prints a document too
 * @throws LambdactlError USAGE if there is no such schema
 */
export async function publishedSchema(
  root: string,
  words: readonly string[],
  onlyEvents: boolean,
): Promise<object> {
  const folder = join(root, 'schemas')
  const file = `${words.join('.')}.json`
  const kinds = onlyEvents ? ['events'] : ['documents', 'events']
  const listed: string[] = []
  for (const kind of kinds) {
    const files = await readdir(join(folder, kind))
    if (files.includes(file)) return JSON.parse(await readFile(join(folder, kind, file), 'utf8')) as object
    listed.push(...files)
  }
  throw noSchema(words, onlyEvents, listed)
}

function noSchema(words: readonly string[], onlyEvents: boolean, files: readonly string[]): LambdactlError {
  const names = [...new Set(files)].map((file) => file.replace(/\.json$/, '').replaceAll('.', ' ')).toSorted()
  const line = `\`lambdactl ${words.join(' ')}\``
  const message = onlyEvents ? `${line} prints no events.` : `There is no schema of ${line}.`
  return new LambdactlError('USAGE', words.length > 0 ? message : 'No command was named for --events.', {
    next: [`${words.length > 0 ? 'The commands with one' : 'Name a command'}: ${names.join(', ')}.`],
  })
}
