import type { Seen, ToAlias } from '../../found-function.ts'
import { type Part, type Parts, partAt, partsOf, textOf } from '../part.ts'
import { referencesTo } from '../references-to.ts'
import type { Openness } from '../take.ts'

/** SAM makes a version, and moves the alias, only when this text changes. It becomes a part of a logical id. */
const fixedHash = 'lambdactl'

/**
 * How the triggers of a function reach the alias: SAM points its events at the alias that it makes, and references
 * elsewhere in the template have to name it.
 */
export function toAliasOf(
  { logicalId, properties }: { logicalId: string; properties: Parts },
  template: Part,
  openness: Openness,
): ToAlias[] {
  const alias = properties.get('AutoPublishAlias')
  const events = eventsOf(properties, openness)
  const references = referencesTo(logicalId, template, openness.file)
  const isFixed = alias !== undefined && textOf(properties.get('AutoPublishCodeSha256')) !== undefined
  const own = isFixed || events.length + references.length === 0 ? [] : [ownAlias(logicalId, alias, events)]
  return [...own, ...(references.length > 0 ? [byReference(logicalId, references)] : [])]
}

/** @param alias the alias that SAM makes already, which may be a parameter */
function ownAlias(logicalId: string, alias: Part | undefined, triggers: readonly Seen[]): ToAlias {
  const text = [
    'Resources:',
    `  ${logicalId}:`,
    '    Properties:',
    ...(alias ? [] : ['      AutoPublishAlias: live']),
    `      AutoPublishCodeSha256: ${fixedHash} # never changes, so SAM never moves the alias`,
  ].join('\n')
  const why =
    alias === undefined
      ? 'SAM makes the alias once and points the events at it. Run sam deploy before the first release: CloudFormation makes no alias that is there already'
      : 'SAM moves its alias with each change of the code. The text stops that after one last version'
  // With an alias of SAM's the events reach that.
  return { why, triggers: alias ? [] : triggers, text }
}

function byReference(logicalId: string, triggers: readonly Seen[]): ToAlias {
  const text = `!Ref ${logicalId}.Alias # in !Sub: \${${logicalId}.Alias}; it is the alias's ARN`
  return { why: `these name the function itself: name SAM's alias in place of ${logicalId}`, triggers, text }
}

function eventsOf(properties: Parts, { file }: Openness): Seen[] {
  const events = Array.from(partsOf(properties.get('Events')), ([name, part]) => ({
    what: `Events.${name} (${textOf(partAt(part, 'Type')) ?? 'unknown type'})`,
    file,
    line: part.line,
  }))
  const url = properties.get('FunctionUrlConfig')
  return [...events, ...(url ? [{ what: 'FunctionUrlConfig', file, line: url.line }] : [])]
}
