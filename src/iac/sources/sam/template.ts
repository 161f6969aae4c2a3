import { basename, dirname } from 'node:path'
import type { FoundFunction, FoundOutput, LeftOut } from '../../found-function.ts'
import { isOpen, wordsOf } from '../intrinsics.ts'
import { type Part, partAt, partsOf, textOf } from '../part.ts'
import { readSource } from '../read-source.ts'
import type { SourceFile } from '../source-file.ts'
import { leave, type Openness, ofCode, openParts, takeProperties, together, unlessKept } from '../take.ts'
import { codeOf } from './code.ts'
import { withGlobals } from './globals.ts'
import { takePreference } from './preference.ts'
import { ofNoVersion, samProperties } from './properties.ts'
import { toAliasOf } from './to-alias.ts'
import { takeTags, takeVariables } from './variables.ts'

const ofFunction = 'AWS::Serverless::Function'

/**
 * Reads the functions of a SAM template, as far as their values are plain. Nothing is evaluated.
 *
 * @returns undefined for a file without functions of SAM
 * @throws LambdactlError CONFIG_INVALID for a template that is no YAML
 */
export function readSamTemplate({ text, path, shownAs }: SourceFile): FoundOutput | undefined {
  if (!text.includes(ofFunction)) return undefined
  const template = readSource(text, shownAs, '1.1')
  const openness: Openness = { file: shownAs, isOpen, wordsOf }
  const resources = Array.from(partsOf(partAt(template, 'Resources')))
  const functions = resources.filter(([, part]) => typeOf(part) === ofFunction)
  return {
    tool: 'SAM',
    functions: functions.map(([logicalId, part]) =>
      foundIn(template, { logicalId, part }, { path, openness }),
    ),
    left: resources.flatMap(([name, part]) => leftOf(name, part, openness)),
  }
}

function typeOf(part: Part): string | undefined {
  return textOf(partAt(part, 'Type'))
}

function foundIn(
  template: Part,
  { logicalId, part }: { logicalId: string; part: Part },
  { path, openness }: { path: string; openness: Openness },
): FoundFunction {
  const properties = withGlobals(template, partAt(part, 'Properties'))
  const metadata = partAt(part, 'Metadata')
  const coded = { logicalId, properties, metadata, directory: dirname(path), template: basename(path) }
  const { source, build, ...code } = codeOf(coded, openness)
  const settings = together(
    { fields: { timeout: '3s' }, left: [] },
    takeProperties(properties, samProperties, openness),
    takeVariables(properties.get('Environment'), openness),
    takeTags(properties.get('Tags'), openness),
    takePreference(properties.get('DeploymentPreference'), openness),
    { fields: {}, left: unplacedOf(properties, part, openness) },
  )
  return {
    logicalId,
    ...namesOf(properties),
    ...(source && { source }),
    ...(build && { build }),
    fields: together(settings, code).fields,
    left: [...ofCode(code.left), ...unlessKept(settings.left, ofNoVersion)],
    toAlias: toAliasOf({ logicalId, properties }, template, openness),
  }
}

function namesOf(properties: ReadonlyMap<string, Part>): Pick<FoundFunction, 'lambdaName' | 'aliases'> {
  const alias = plainText(properties.get('AutoPublishAlias'))
  const lambdaName = plainText(properties.get('FunctionName'))
  return { ...(lambdaName !== undefined && { lambdaName }), ...(alias !== undefined && { aliases: [alias] }) }
}

function plainText(part: Part | undefined): string | undefined {
  return part && !isOpen(part) ? textOf(part) : undefined
}

/** The properties whose open value no other reader names. */
const namedWhole = ['FunctionName', 'AutoPublishAlias', 'PackageType']

/** Everything about a function that no row has. */
function unplacedOf(properties: ReadonlyMap<string, Part>, part: Part, openness: Openness): LeftOut[] {
  const [url, events] = ['FunctionUrlConfig', 'Events'].map((each) => properties.get(each))
  const [condition, connectors] = ['Condition', 'Connectors'].map((each) => partAt(part, each))
  return [
    ...namedWhole.flatMap((name) => {
      const value = properties.get(name)
      return value ? openParts(name, value, openness) : []
    }),
    ...(events && isOpen(events) ? openParts('Events', events, openness) : []),
    ...(properties.has('Role') || properties.has('Policies') ? [] : [madeRole(part, openness)]),
    ...(url
      ? [leave('FunctionUrlConfig', url, 'url makes a URL of the alias, which has another address', openness)]
      : []),
    ...(condition ? [leave('Condition', condition, 'a function is in lambdactl.yaml or not', openness)] : []),
    ...(connectors ? [leave('Connectors', connectors, 'lambdactl gives no permissions', openness)] : []),
  ]
}

function madeRole(part: Part, openness: Openness): LeftOut {
  const why = 'SAM makes the role, and lambdactl makes none: role takes the ARN of it'
  return { ...leave('Role', part, why, openness), isDeployed: true }
}

const nested = new Set(['AWS::Serverless::Application', 'AWS::CloudFormation::Stack'])

/** Resources that may contain functions that the template does not name. */
function leftOf(name: string, part: Part, openness: Openness): LeftOut[] {
  if (name.startsWith('Fn::')) {
    return [
      leave(name, part, "only the deployed stack has a loop's functions: init --from-stack STACK", openness),
    ]
  }
  const type = typeOf(part) ?? ''
  return nested.has(type)
    ? [leave(name, part, `${type} has a template of its own: read that too`, openness)]
    : []
}
