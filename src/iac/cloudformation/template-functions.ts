import { mapOf, textOf, valueIn } from '../json.ts'
import type { Template } from './read-template.ts'

/** A Lambda function of a template. */
export interface TemplateFunction {
  logicalId: string
  /** Undefined where the template leaves it to CloudFormation, or computes it. */
  lambdaName: string | undefined
  /** The names of its aliases, as far as the template says them plainly. */
  aliases: readonly string[]
  /** The other resources of Lambda that name it: its versions, aliases and triggers. */
  namedBy: readonly NamedBy[]
  code: TemplateCode
  metadata: Readonly<Record<string, unknown>>
}

/** A resource that names a function, or the function's ARN. */
interface NamedBy {
  logicalId: string
  /** As in `AWS::Lambda::Version`. */
  type: string
}

/** The place of a function's code in a template; `open`: an intrinsic function tells it. */
export type TemplateCode =
  | { is: 'inline' | 'image' | 'open' }
  | { is: 'path'; path: string }
  | { is: 's3'; bucket: string | undefined; key: string; version: string | undefined }

const ofLambda = 'AWS::Lambda::Function'
const ofSam = 'AWS::Serverless::Function'

/** Lists the functions of a template, in its order. */
export function templateFunctions(template: Template): TemplateFunction[] {
  const resources = Object.entries(mapOf(template['Resources']))
  const shared = valueIn(template, 'Globals', 'Function', 'AutoPublishAlias')
  return resources.flatMap(([logicalId, resource]) => {
    const { Type: type, Properties, Metadata } = mapOf(resource)
    if (type !== ofLambda && type !== ofSam) return []
    const properties = mapOf(Properties)
    const published = type === ofSam ? textOf(properties['AutoPublishAlias'] ?? shared) : undefined
    const aliases = [...(published === undefined ? [] : [published]), ...aliasesOf(resources, logicalId)]
    const lambdaName = textOf(properties['FunctionName'])
    const namedBy = namersOf(resources, logicalId)
    return [{ logicalId, lambdaName, aliases, namedBy, code: codeOf(properties), metadata: mapOf(Metadata) }]
  })
}

function aliasesOf(resources: readonly [string, unknown][], logicalId: string): string[] {
  return resources.flatMap(([, resource]) => {
    if (valueIn(resource, 'Type') !== 'AWS::Lambda::Alias') return []
    const { FunctionName: of, Name: name } = mapOf(valueIn(resource, 'Properties'))
    return typeof name === 'string' && referredBy(of) === logicalId ? [name] : []
  })
}

function namersOf(resources: readonly [string, unknown][], of: string): NamedBy[] {
  return resources.flatMap(([logicalId, resource]) => {
    const type = textOf(valueIn(resource, 'Type'))
    const { FunctionName: name, TargetFunctionArn: target } = mapOf(valueIn(resource, 'Properties'))
    const isNamer = type?.startsWith('AWS::Lambda::') && referredBy(name ?? target) === of
    return type !== undefined && isNamer ? [{ logicalId, type }] : []
  })
}

/** The logical id in `{Ref: Pay}`, `{Fn::GetAtt: [Pay, Arn]}` or `{Fn::GetAtt: Pay.Arn}`. */
function referredBy(value: unknown): string | undefined {
  const { Ref: ref, 'Fn::GetAtt': attribute } = mapOf(value)
  const list: unknown = Array.isArray(attribute) ? (attribute as unknown[])[0] : attribute
  return textOf(list)?.split('.')[0] ?? textOf(ref)
}

function codeOf(properties: Readonly<Record<string, unknown>>): TemplateCode {
  if (properties['PackageType'] === 'Image' || 'ImageUri' in properties) return { is: 'image' }
  if ('InlineCode' in properties) return { is: 'inline' }
  const code = properties['CodeUri'] ?? properties['Code']
  if (typeof code === 'string') return placeOf(code)
  const { ZipFile, ImageUri, ...object } = mapOf(code)
  if (ImageUri !== undefined) return { is: 'image' }
  if (ZipFile !== undefined) return { is: 'inline' }
  const key = textOf(object['S3Key'] ?? object['Key'])
  if (key === undefined) return { is: 'open' }
  const bucket = textOf(object['S3Bucket'] ?? object['Bucket'])
  return { is: 's3', bucket, key, version: textOf(object['S3ObjectVersion'] ?? object['Version']) }
}

/** SAM writes a folder, or `s3://bucket/key` after `sam package`. */
function placeOf(code: string): TemplateCode {
  const { bucket, key } = /^s3:\/\/(?<bucket>[^/]+)\/(?<key>.+)$/.exec(code)?.groups ?? {}
  return key === undefined ? { is: 'path', path: code } : { is: 's3', bucket, key, version: undefined }
}
