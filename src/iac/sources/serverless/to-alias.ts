import type { Seen, ToAlias } from '../../found-function.ts'
import { listOf, type Part, partAt, partsOf, textOf } from '../part.ts'
import { aliasExtensions, extensionsText } from './extensions.ts'
import { resourceName } from './names.ts'

/**
 * How the events of a function reach the alias.
 *
 * @param packaged the template that `serverless package` wrote; undefined if there is none
 */
export function toAliasOf(
  { name, part }: { name: string; part: Part },
  packaged: unknown,
  file: string,
): ToAlias[] {
  const triggers = [...eventsOf(part, file), ...urlOf(part, file)]
  if (triggers.length === 0) return []
  if (packaged === undefined) {
    const why =
      'only the framework knows the names of their resources: run serverless package, and this command again'
    return [{ why, triggers, text: '' }]
  }
  return [packagedToAlias(`${resourceName(name)}LambdaFunction`, packaged, triggers)]
}

/** The same from what the framework made of the events. */
export function packagedToAlias(logicalId: string, packaged: unknown, triggers: readonly Seen[]): ToAlias {
  const why =
    'the events stay, and this points at the alias what the framework makes of them. Release once before: the alias has to exist'
  return { why, triggers, text: extensionsText(aliasExtensions(packaged, { logicalId, alias: 'live' })) }
}

function eventsOf(part: Part, file: string): Seen[] {
  return listOf(partAt(part, 'events')).map((event) => {
    const [kind = textOf(event) ?? 'unknown type'] = partsOf(event).keys()
    return { what: `events (${kind})`, file, line: event.line }
  })
}

function urlOf(part: Part, file: string): Seen[] {
  const url = partAt(part, 'url')
  return url ? [{ what: 'url', file, line: url.line }] : []
}
