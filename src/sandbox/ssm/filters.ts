import type { ParameterStringFilter } from '@aws-sdk/client-ssm'
import { notImplemented } from '../protocol/accepting.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { isBelow } from './names.ts'
import type { Parameter } from './parameter.ts'

/** @throws ServiceError 400 for a filter that AWS does not have, 501 for one that the sandbox does not have */
export function matchesAll(parameter: Parameter, filters: readonly ParameterStringFilter[]): boolean {
  return filters.every((filter) => matches(parameter, filter))
}

function matches(parameter: Parameter, { Key = '', Option, Values = [] }: ParameterStringFilter): boolean {
  if (Key === 'Path') {
    if (Option !== undefined && Option !== 'OneLevel' && Option !== 'Recursive') throw wrongOption(Option)
    return Values.some((path) => isBelow(parameter.name, path, Option === 'Recursive'))
  }
  const option = Option ?? 'Equals'
  if (!['Equals', 'BeginsWith', 'Contains'].includes(option)) throw wrongOption(option)
  const text = textOf(parameter, Key)
  if (text === undefined) return false
  if (Values.length === 0) return true
  return Values.some((value) => {
    if (option === 'Contains') return text.includes(value)
    return option === 'BeginsWith' ? text.startsWith(value) : text === value
  })
}

function textOf(parameter: Parameter, key: string): string | undefined {
  const { name, type, keyId, tier = 'Standard', dataType = 'text', tags = {} } = parameter
  if (key.startsWith('tag:')) return tags[key.slice('tag:'.length)]
  const texts: Readonly<Record<string, string | undefined>> = {
    Name: name,
    Type: type,
    KeyId: keyId,
    Tier: tier,
    DataType: dataType,
  }
  if (key in texts) return texts[key]
  if (key === 'Label') throw notImplemented('the filter Label')
  throw new ServiceError('InvalidFilterKey', 400, `The specified key isn't valid: ${key}.`)
}

function wrongOption(option: string): ServiceError {
  return new ServiceError('InvalidFilterOption', 400, `The specified filter option isn't valid: ${option}.`)
}
