import type { TemplateFunction } from '../cloudformation/template-functions.ts'
import type { ToAlias } from '../found-function.ts'

/** The words for a kind of trigger: the type of its resource, and the text that stands for the function. */
interface Kind {
  types: readonly string[]
  textFor: (construct: string) => string
}

/** CDK cuts the alias off an ARN when it makes a mapping, and makes no permission for an imported alias. */
const kinds: readonly Kind[] = [
  {
    types: ['AWS::Lambda::EventSourceMapping'],
    textFor: (construct) =>
      `lambda.Alias.fromAliasAttributes(this, '${construct}LiveMappings', { aliasName: 'live', aliasVersion: fn.latestVersion })`,
  },
  {
    types: ['AWS::Lambda::Permission', 'AWS::Lambda::Url'],
    textFor: (construct) =>
      `lambda.Function.fromFunctionAttributes(this, '${construct}Live', { functionArn: \`\${fn.functionArn}:live\`, sameEnvironment: true })`,
  },
]

/** The texts that put a function's triggers on its alias. */
export function toAliasOf({ logicalId, namedBy, aliases }: TemplateFunction, file: string): ToAlias[] {
  const why = [
    'These resources name the function itself, so their events go to $LATEST.',
    ...(aliases.length > 0 ? [] : ['Release once before: the alias has to exist.']),
    'Give their sources this in place of the function (docs/triggers.md)',
  ].join(' ')
  const construct = logicalId.replace(/[0-9A-F]{8}$/, '')
  return kinds.flatMap(({ types, textFor }) => {
    const triggers = namedBy
      .filter(({ type }) => types.includes(type))
      .map((each) => ({ what: each.logicalId, file }))
    return triggers.length === 0 ? [] : [{ why, triggers, text: textFor(construct) }]
  })
}
