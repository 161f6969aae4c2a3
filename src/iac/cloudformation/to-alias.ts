import type { ToAlias } from '../found-function.ts'
import { referencesOf } from '../sources/intrinsics.ts'
import { type Part, partAt, partsOf, textOf } from '../sources/part.ts'
import { referencesTo } from '../sources/references-to.ts'

/** How the resources of a template that name a function reach its alias. */
export function toAliasOf(logicalId: string, template: Part, file: string): ToAlias[] {
  const triggers = referencesTo(logicalId, template, file)
  if (triggers.length === 0) return []
  const why = `these name the function itself: name the alias in place of ${logicalId}`
  const alias = aliasFor(logicalId, template)
  const text =
    alias === undefined
      ? `!Sub "\${${logicalId}.Arn}:live" # the alias has to exist: release once before`
      : `!Ref ${alias} # the alias's ARN`
  return [{ why, triggers, text }]
}

/** The logical id of the alias that the template makes for a function. */
function aliasFor(logicalId: string, template: Part): string | undefined {
  const found = Array.from(partsOf(partAt(template, 'Resources'))).find(([, resource]) => {
    const of = partAt(resource, 'Properties', 'FunctionName')
    const isAlias = textOf(partAt(resource, 'Type')) === 'AWS::Lambda::Alias'
    return isAlias && of !== undefined && referencesOf(of).includes(logicalId)
  })
  return found?.[0]
}
