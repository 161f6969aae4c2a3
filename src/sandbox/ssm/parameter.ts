import type {
  ParameterHistory,
  ParameterMetadata,
  Parameter as ParameterOutput,
  ParameterType,
} from '@aws-sdk/client-ssm'
import type { Call } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { KeptMap } from '../state/kept-map.ts'
import { notFound } from './errors.ts'
import { arnOf, checkRead, keyOf, nameOf, selected } from './names.ts'

/** One version of a parameter. */
export interface ParameterVersion {
  type: ParameterType
  value: string
  version: number
  /** Milliseconds since the epoch. */
  modified: number
  /** The ARN of the caller. */
  user?: string | undefined
  description?: string | undefined
  keyId?: string | undefined
  allowedPattern?: string | undefined
  tier?: 'Standard' | 'Advanced' | undefined
  dataType?: string | undefined
}

/** A parameter with its present version. */
export interface Parameter extends ParameterVersion {
  name: string
  /** The versions before, the oldest first. */
  past?: readonly ParameterVersion[] | undefined
  tags?: Readonly<Record<string, string>> | undefined
}

/** The parameters by Region and name. Nothing is encrypted. */
export class ParameterStore {
  readonly kept = new KeptMap<Parameter>('parameter')
  readonly clock: () => number

  constructor(clock: () => number) {
    this.clock = clock
  }

  /** @param asked a name or an ARN; none with a version is found */
  find(call: Call, asked: string): Parameter | undefined {
    return this.kept.get(keyOf(call, nameOf(asked)))
  }

  /** @throws ServiceError 400 */
  require(call: Call, asked: string | undefined): Parameter {
    const found = this.find(call, asked ?? '')
    if (!found) throw notFound()
    return found
  }

  /** The version that is asked for by `name:version`; the present one by default. @throws ServiceError 400 */
  requireVersion(call: Call, asked: string | undefined): Parameter {
    const { name, version } = selected(asked ?? '')
    checkRead(name)
    const found = this.require(call, name)
    if (version === undefined) return found
    const wanted = versionsOf(found).find((each) => each.version === version)
    if (wanted) return { ...wanted, name: found.name }
    const message = `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`
    throw new ServiceError('ParameterVersionNotFound', 400, message)
  }

  put(call: Call, parameter: Parameter): void {
    this.kept.set(keyOf(call, parameter.name), parameter)
  }

  delete(call: Call, parameter: Parameter): void {
    this.kept.delete(keyOf(call, parameter.name))
  }

  /** All parameters of the call's Region. */
  all({ region }: Call): Parameter[] {
    const start = `${region} `
    return Array.from(this.kept).flatMap(([key, parameter]) => (key.startsWith(start) ? [parameter] : []))
  }
}

/** All versions, the oldest first. */
export function versionsOf({ past = [], name, tags, ...present }: Parameter): ParameterVersion[] {
  return [...past, present]
}

/** A parameter with its value; without decryption, that of a SecureString is unreadable. */
export function valueOutput(
  call: Call,
  asked: string,
  parameter: Parameter,
  isDecrypted: boolean | undefined,
): ParameterOutput {
  const { name, version } = selected(asked)
  return {
    // As in AWS, a name comes back as it was asked for: with the first slash or without it.
    Name: asked.startsWith('arn:') ? parameter.name : name,
    Type: parameter.type,
    Value: readable(parameter, isDecrypted),
    Version: parameter.version,
    ...(version !== undefined && { Selector: `:${version}` }),
    LastModifiedDate: new Date(parameter.modified),
    ARN: arnOf(call, parameter.name),
    DataType: parameter.dataType ?? 'text',
  }
}

export function historyOutput(
  name: string,
  version: ParameterVersion,
  isDecrypted: boolean | undefined,
): ParameterHistory {
  return { ...facts(name, version), Value: readable(version, isDecrypted), Labels: [] }
}

export function metadataOutput(call: Call, parameter: Parameter): ParameterMetadata {
  return { ...facts(parameter.name, parameter), ARN: arnOf(call, parameter.name) }
}

function facts(name: string, version: ParameterVersion) {
  const { description, keyId, allowedPattern } = version
  return {
    Name: name,
    Type: version.type,
    Version: version.version,
    LastModifiedDate: new Date(version.modified),
    ...(version.user !== undefined && { LastModifiedUser: version.user }),
    ...(description !== undefined && { Description: description }),
    ...(keyId !== undefined && { KeyId: keyId }),
    ...(allowedPattern !== undefined && { AllowedPattern: allowedPattern }),
    Tier: version.tier ?? 'Standard',
    Policies: [],
    DataType: version.dataType ?? 'text',
  }
}

function readable({ type, value }: ParameterVersion, isDecrypted: boolean | undefined): string {
  return type === 'SecureString' && !isDecrypted ? Buffer.from(value).toString('base64') : value
}
