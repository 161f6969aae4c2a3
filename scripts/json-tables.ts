/** Writes the tables of docs/json.md from the schemas. */

import type { Schema } from './schemas/schema.ts'
import { between, table } from './tables.ts'

const documentMarks = ['<!-- documents: made by npm run generate -->', '<!-- end of documents -->'] as const
const eventMarks = ['<!-- events: made by npm run generate -->', '<!-- end of events -->'] as const

/**
 * Returns the text of docs/json.md with the tables as the schemas have it.
 *
 * @param schemas the texts of the schemas by their path in `schemas/`
 */
export function withJsonTables(text: string, schemas: Readonly<Record<string, string>>): string {
  const paths = Object.keys(schemas).toSorted()
  const ids = [...new Set(paths.map((path) => path.replace(/^\w+\/|\.json$/g, '')))]
  const commands = ids.filter((id) => id !== 'error' && id !== 'version').toSorted()
  const rows = commands.map((id) => [
    `\`${wordsOf(id)}\``,
    linkTo(`documents/${id}.json`, schemas),
    linkTo(`events/${id}.json`, schemas),
  ])
  const documents = between(text, documentMarks, table([['Command', 'Document', 'Events'], ...rows]))
  return between(documents, eventMarks, table([['Event', 'Meaning', 'Printed by'], ...eventRows(schemas)]))
}

function linkTo(path: string, schemas: Readonly<Record<string, string>>): string {
  return path in schemas ? `[${path.replace(/\/.*/, '')}](../schemas/${path})` : ''
}

function wordsOf(id: string): string {
  return id.replaceAll('.', ' ')
}

/** A row for each event of the same meaning, with the commands that print it. */
function eventRows(schemas: Readonly<Record<string, string>>): string[][] {
  const printed = Object.entries(schemas).flatMap(([path, text]) => {
    const [, id] = /^events\/(.*)\.json$/.exec(path) ?? []
    return id === undefined ? [] : variantsOf(text).map((variant) => ({ id, cells: cellsOf(variant) }))
  })
  const byMeaning = Map.groupBy(printed, ({ cells }) => cells.join(' | '))
  return [...byMeaning]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, all]) => [...(all[0]?.cells ?? []), printersOf(all.map(({ id }) => id))])
}

const releases = ['canary', 'canary.resume', 'canary.status', 'canary.wait', 'deploy']

/** The commands; those that carry or follow a release print the same events. */
function printersOf(ids: readonly string[]): string {
  const names = [...new Set(ids)]
  const isOfRelease = releases.every((id) => names.includes(id))
  const others = isOfRelease ? names.filter((id) => !releases.includes(id)) : names
  return [...(isOfRelease ? ['a release'] : []), ...others.map((id) => `\`${wordsOf(id)}\``)].join(', ')
}

function variantsOf(text: string): readonly Schema[] {
  const schema = JSON.parse(text) as Schema
  return schema.anyOf ?? [schema]
}

/** The name of an event, with the field that tells it from others of the name; and its meaning. */
function cellsOf({ description, properties = {} }: Schema): string[] {
  const { event = {}, notice, state } = properties
  const kinds = [notice, state].flatMap((each) => (each?.const === undefined ? [] : [String(each.const)]))
  const name = [`\`${String(event.const)}\``, ...kinds.map((kind) => `\`${kind}\``)].join(' ')
  return [name, (description ?? event.description ?? '').replaceAll('|', '\\|')]
}
