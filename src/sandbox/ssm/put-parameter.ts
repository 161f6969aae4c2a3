import type { PutParameterRequest, PutParameterResult } from '@aws-sdk/client-ssm'
import { accepting } from '../protocol/accepting.ts'
import type { Call, Operations } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { callerIn } from '../sts/caller.ts'
import { broken, invalid } from './errors.ts'
import { checkName, nameOf } from './names.ts'
import { type Parameter, type ParameterStore, type ParameterVersion, versionsOf } from './parameter.ts'
import { tagsIn } from './tags.ts'

/** Parameter Store's limits: versions that it keeps, and characters of a value by tier. */
const mostVersions = 100
const longest = { Standard: 4096, Advanced: 8192 } as const

export function putParameterOperation(store: ParameterStore): Operations {
  return {
    PutParameter: accepting<PutParameterRequest>(
      [
        'Name',
        'Description',
        'Value',
        'Type',
        'KeyId',
        'Overwrite',
        'AllowedPattern',
        'Tags',
        'Tier',
        'DataType',
      ],
      (input, call) => putParameter(store, input, call),
    ),
  }
}

function putParameter(store: ParameterStore, input: PutParameterRequest, call: Call): PutParameterResult {
  checkInput(input)
  const name = nameOf(input.Name ?? '')
  const before = store.find(call, name)
  if (!before) checkName(name)
  if (before && !input.Overwrite) throw alreadyThere()
  const next = nextVersion(input, before, call)
  const past = before ? versionsOf(before).slice(1 - mostVersions) : []
  const tags = before ? before.tags : tagsIn(input.Tags ?? [])
  store.put(call, { name: before?.name ?? name, ...next, modified: store.clock(), past, tags })
  return { Version: next.version, Tier: next.tier }
}

/** @throws ServiceError 400 */
function checkInput({ Value = '', DataType, Tags = [], Overwrite }: PutParameterRequest): void {
  if (Value === '') throw broken('value', Value, 'Member must have length greater than or equal to 1')
  if (DataType !== undefined && !['text', 'aws:ec2:image', 'aws:ssm:integration'].includes(DataType)) {
    throw invalid(
      `The following data type is not supported: ${DataType} (Data type names are all lowercase.)`,
    )
  }
  if (Overwrite && Tags.length > 0) {
    throw invalid(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    )
  }
}

/** A parameter keeps what an overwriting request leaves out. @throws ServiceError 400 */
function nextVersion(
  { Value: value = '', Type, Description, KeyId, AllowedPattern, Tier, DataType }: PutParameterRequest,
  before: Parameter | undefined,
  call: Call,
): Omit<ParameterVersion, 'modified'> & { tier: 'Standard' | 'Advanced' } {
  const type = Type ?? before?.type
  if (type === undefined) throw invalid('A parameter type is required when you create a parameter.')
  if (before && before.type !== type) throw typeMismatch()
  if (KeyId !== undefined && type !== 'SecureString') {
    throw invalid('KeyId is required for SecureString type parameters only.')
  }
  const allowedPattern = AllowedPattern ?? before?.allowedPattern
  checkPattern(value, allowedPattern)
  return {
    type,
    value,
    version: (before?.version ?? 0) + 1,
    user: callerIn(call).arn,
    description: Description ?? before?.description,
    keyId: type === 'SecureString' ? (KeyId ?? before?.keyId ?? 'alias/aws/ssm') : undefined,
    allowedPattern,
    tier: tierOf(value, Tier, before?.tier),
    dataType: DataType ?? before?.dataType,
  }
}

/** An advanced parameter never becomes a standard one. @throws ServiceError 400 for a value that is too long */
function tierOf(value: string, asked: string | undefined, before: 'Standard' | 'Advanced' | undefined) {
  const size = Buffer.byteLength(value)
  if (before === 'Advanced' && asked === 'Standard') {
    throw invalid(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier.",
    )
  }
  const isLarge = asked === 'Intelligent-Tiering' && size > longest.Standard
  const tier = asked === 'Advanced' || before === 'Advanced' || isLarge ? 'Advanced' : 'Standard'
  if (size <= longest[tier]) return tier
  const more =
    tier === 'Standard'
      ? ' To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html'
      : ''
  throw invalid(
    `${tier} tier parameters support a maximum parameter value of ${longest[tier]} characters.${more}`,
  )
}

function checkPattern(value: string, pattern: string | undefined): void {
  if (pattern === undefined || pattern === '') return
  let expression: RegExp
  try {
    expression = new RegExp(pattern)
  } catch {
    throw new ServiceError(
      'InvalidAllowedPatternException',
      400,
      `The pattern ${pattern} is not a regular expression.`,
    )
  }
  if (expression.test(value)) return
  const message = `Parameter value, cannot be validated against allowedPattern: ${pattern}`
  throw new ServiceError('ParameterPatternMismatchException', 400, message)
}

function typeMismatch(): ServiceError {
  const message =
    "Parameter Store doesn't support changing a parameter type in a hierarchy. For example, you can't change a parameter from a String type to a SecureString type. You must create a new, unique parameter."
  return new ServiceError('HierarchyTypeMismatchException', 400, message)
}

function alreadyThere(): ServiceError {
  return new ServiceError(
    'ParameterAlreadyExists',
    400,
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  )
}
