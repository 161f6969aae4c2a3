import { stringify } from 'yaml'
import { mapOf } from '../../json.ts'
import { namesOnly } from '../names-only.ts'

type Json = Readonly<Record<string, unknown>>

/** A function in the template that `serverless package` wrote. */
export interface Extended {
  /** Its resource, as in `PayLambdaFunction`. */
  readonly logicalId: string
  readonly alias: string
}

/** Properties of resources, by the names of the resources. */
export type Extensions = Readonly<Record<string, Json>>

/**
 * The properties of all resources that invoke a function, with its alias in place of the function. The framework puts
 * each property in place of its own (`resources.extensions`).
 */
export function aliasExtensions(template: unknown, extended: Extended): Extensions {
  const resources = Object.entries(mapOf(mapOf(template)['Resources']))
  return Object.fromEntries(
    resources.flatMap(([name, resource]) => {
      const { Type: type, Properties } = mapOf(resource)
      if (namesOnly.has(String(type))) return []
      const changed = changedProperties(String(type), mapOf(Properties), extended)
      return Object.keys(changed).length > 0 ? [[name, changed]] : []
    }),
  )
}

/** The text for serverless.yml. */
export function extensionsText(extensions: Extensions): string {
  const entries = Object.entries(extensions).map(([name, Properties]) => [name, { Properties }])
  return stringify(
    { resources: { extensions: Object.fromEntries(entries) as Json } },
    { lineWidth: 0 },
  ).trimEnd()
}

/** Two kinds name the alias beside the function. */
const withQualifier = new Set(['AWS::Lambda::Url', 'AWS::Lambda::EventInvokeConfig'])

function changedProperties(type: string, properties: Json, extended: Extended): Json {
  const naming = Object.entries(properties).filter(([, value]) => names(value, extended.logicalId))
  if (naming.length === 0) return {}
  if (withQualifier.has(type)) return { Qualifier: extended.alias }
  return Object.fromEntries(naming.map(([name, value]) => [name, withAlias(value, extended)]))
}

function names(value: unknown, logicalId: string): boolean {
  if (isReference(value, logicalId)) return true
  return Object.values(Array.isArray(value) ? value : mapOf(value)).some((each) => names(each, logicalId))
}

function withAlias(value: unknown, extended: Extended): unknown {
  if (isReference(value, extended.logicalId)) return { 'Fn::Join': [':', [value, extended.alias]] }
  if (Array.isArray(value)) return value.map((each) => withAlias(each, extended))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withAlias(each, extended)]))
}

function isReference(value: unknown, logicalId: string): boolean {
  const { Ref: ref, 'Fn::GetAtt': attribute } = mapOf(value)
  return (
    ref === logicalId || (Array.isArray(attribute) && attribute[0] === logicalId && attribute[1] === 'Arn')
  )
}
