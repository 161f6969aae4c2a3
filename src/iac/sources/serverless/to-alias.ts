import type { Seen, ToAlias } from '../../found-function.ts'
import { isList, listOf, type Part, partAt, partsOf, textOf } from '../part.ts'
import { aliasExtensions, type Extensions, extensionsText } from './extensions.ts'
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
  const logicalId = `${resourceName(name)}LambdaFunction`
  return [byExtensions(aliasExtensions(packaged, { logicalId, alias: 'live' }), triggers)]
}

/**
 * How the resources that the framework made of a function's events reach the alias.
 *
 * @param logicalId the function's resource, as in `PayLambdaFunction`
 */
export function packagedToAlias(logicalId: string, packaged: unknown, file: string): ToAlias[] {
  const extensions = aliasExtensions(packaged, { logicalId, alias: 'live' })
  const triggers = Object.keys(extensions).map((what) => ({ what, file }))
  return triggers.length > 0 ? [byExtensions(extensions, triggers)] : []
}

function byExtensions(extensions: Extensions, triggers: readonly Seen[]): ToAlias {
  const why =
    'Keep the events: this text puts the resources that the framework makes of them on the alias. Release once before: the alias has to exist. The texts of several functions go under one resources: extensions'
  return { why, triggers, text: extensionsText(extensions) }
}

function eventsOf(part: Part, file: string): Seen[] {
  const events = partAt(part, 'events')
  const all = events && !isList(events.value) ? [events] : listOf(events)
  return all.map((event) => {
    const [kind = textOf(event) ?? 'unknown type'] = partsOf(event).keys()
    return { what: `events (${kind})`, file, line: event.line }
  })
}

function urlOf(part: Part, file: string): Seen[] {
  const url = partAt(part, 'url')
  return url ? [{ what: 'url', file, line: url.line }] : []
}
