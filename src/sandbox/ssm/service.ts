import * as ssm from '@aws-sdk/client-ssm'
import { type Call, operationSchemas, type Service } from '../protocol/service.ts'
import { ServiceError, validation } from '../protocol/service-error.ts'
import { KeptMap } from '../state/kept-map.ts'
import type { Persistent } from '../state/persistent.ts'

interface Parameter {
  name: string
  type: ssm.ParameterType
  value: string
  version: number
  /** Milliseconds since the epoch. */
  modified: number
}

/** The most names in a GetParameters call. */
const mostNames = 10

/** Systems Manager's Parameter Store: parameters with their last value, by Region and name. Nothing is encrypted. */
export function ssmService(clock: () => number): { service: Service; persistent: Persistent[] } {
  const parameters = new KeptMap<Parameter>('parameter')
  const find = (call: Call, asked: string) => {
    const { name, version } = selected(asked)
    const found = parameters.get(keyOf(call, nameOf(name)))
    return version === undefined || version === found?.version ? found : undefined
  }
  const answer = (call: Call, asked: string, parameter: Parameter, decrypted: boolean | undefined) => {
    const { version } = selected(asked)
    const selector = version === undefined ? {} : { Selector: `:${version}` }
    return { ...described(call, parameter, decrypted ?? false), ...selector }
  }
  const operations = {
    PutParameter: (input: ssm.PutParameterRequest, call: Call): ssm.PutParameterResult => {
      const { Name = '', Value = '', Type = 'String', Overwrite } = input
      const before = find(call, Name)
      if (before && !Overwrite) throw alreadyThere()
      const version = (before?.version ?? 0) + 1
      const type = before?.type ?? Type
      parameters.set(keyOf(call, Name), { name: Name, type, value: Value, version, modified: clock() })
      return { Version: version, Tier: 'Standard' }
    },
    GetParameter: (input: ssm.GetParameterRequest, call: Call): ssm.GetParameterResult => {
      const found = find(call, input.Name ?? '')
      if (!found) throw notFound()
      return { Parameter: answer(call, input.Name ?? '', found, input.WithDecryption) }
    },
    GetParameters: (input: ssm.GetParametersRequest, call: Call): ssm.GetParametersResult => {
      const names = checkNames(input.Names ?? [])
      return {
        Parameters: names.flatMap((name) => {
          const found = find(call, name)
          return found ? [answer(call, name, found, input.WithDecryption)] : []
        }),
        InvalidParameters: names.filter((name) => !find(call, name)),
      }
    },
    DeleteParameter: (input: ssm.DeleteParameterRequest, call: Call): object => {
      if (!find(call, input.Name ?? '')) throw notFound()
      parameters.delete(keyOf(call, nameOf(input.Name ?? '')))
      return {}
    },
  }
  return {
    service: {
      signingName: 'ssm',
      protocol: { kind: 'awsJson', version: '1.1', target: 'AmazonSSM' },
      schemas: operationSchemas(ssm),
      operations,
    },
    persistent: [parameters],
  }
}

/** Each Region has its own parameters. */
function keyOf({ region }: Call, name: string): string {
  return `${region} ${name}`
}

/** Splits a name that may end with a version; the sandbox keeps no past versions. */
function selected(asked: string): { name: string; version?: number } {
  const [, name, version] = /^(.*[^:]):(\d+)$/.exec(asked) ?? []
  return name === undefined ? { name: asked } : { name, version: Number(version) }
}

/** A name may be given as an ARN. */
function nameOf(name: string): string {
  const path = /^arn:[^:]+:ssm:[^:]*:\d*:parameter(\/.+)$/.exec(name)?.[1]
  if (path === undefined) return name
  return path.lastIndexOf('/') === 0 ? path.slice(1) : path
}

function checkNames(names: readonly string[]): readonly string[] {
  if (names.length > 0 && names.length <= mostNames) return names
  const bound = names.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${mostNames}`
  throw validation(`'[${names.join(', ')}]'`, 'names', `Member must have length ${bound}`)
}

/** Without decryption, the value of a SecureString is unreadable. */
function described(
  { region, account }: Call,
  { name, type, value, version, modified }: Parameter,
  decrypted: boolean,
): ssm.Parameter {
  const isHidden = type === 'SecureString' && !decrypted
  return {
    Name: name,
    Type: type,
    Value: isHidden ? Buffer.from(value).toString('base64') : value,
    Version: version,
    LastModifiedDate: new Date(modified),
    ARN: `arn:aws:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`,
    DataType: 'text',
  }
}

function notFound(): ServiceError {
  return new ServiceError('ParameterNotFound', 400, '')
}

function alreadyThere(): ServiceError {
  return new ServiceError(
    'ParameterAlreadyExists',
    400,
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  )
}
