import type { ParameterStringFilter } from '@aws-sdk/client-ssm'
import { ownEntry } from '../own-entry.ts'
import { notImplemented } from '../protocol/accepting.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { invalid } from './errors.ts'
import { checkPath, isBelow } from './names.ts'
import type { Parameter } from './parameter.ts'

/** The filter keys of an operation: those that it takes, and those that its refusal names. */
export interface FilterKeys {
  takes(key: string): boolean
  named: string
}

export const describeFilters: FilterKeys = {
  takes: (key) => /^(?:Path|Name|Type|KeyId|Tier|DataType|tag:.+)$/s.test(key),
  named: 'Path, Name, Type, KeyId, Tier',
}

export const pathFilters: FilterKeys = {
  takes: (key) => /^(?:Type|KeyId|Label)$/.test(key),
  named: 'Type, KeyId',
}

/** The values that a filter takes; all others take any. */
const values: Readonly<Record<string, readonly string[]>> = {
  Tier: ['Standard', 'Advanced', 'Intelligent-Tiering'],
  Type: ['String', 'StringList', 'SecureString'],
}

/** @throws ServiceError 400 for filters that AWS does not take, 501 for one that the sandbox does not have */
export function checkFilters(filters: readonly ParameterStringFilter[], keys: FilterKeys): void {
  const seen = new Set<string>()
  for (const { Key = '', Option, Values = [] } of filters) {
    if (!keys.takes(Key)) {
      const message = `The following filter key is not valid: ${Key}. Valid filter keys include: [${keys.named}].`
      throw new ServiceError('InvalidFilterKey', 400, message)
    }
    if (Key === 'Label') throw notImplemented('the filter Label')
    if (Values.length === 0 && !Key.startsWith('tag:')) {
      throw wrongValue(`The following filter values are missing : null for filter key ${Key}`)
    }
    if (seen.has(Key)) {
      throw wrongValue(
        `The following filter is duplicated in the request: ${Key}. A request can contain only one occurrence of a specific filter.`,
      )
    }
    seen.add(Key)
    checkOption(Key, Option)
    checkValues(Key, Option, Values)
  }
}

function checkOption(key: string, option: string | undefined): void {
  const options = key === 'Path' ? ['Recursive', 'OneLevel'] : ['BeginsWith', 'Equals']
  if (option === undefined || options.includes(option) || (key === 'Name' && option === 'Contains')) return
  throw new ServiceError(
    'InvalidFilterOption',
    400,
    `The following filter option is not valid: ${option}. Valid options include: [${options.join(', ')}].`,
  )
}

function checkValues(key: string, option: string | undefined, given: readonly string[]): void {
  if (key === 'Path') for (const path of given) checkFilterPath(path)
  // The beginning of a value need not be one.
  const known = option === 'BeginsWith' ? undefined : values[key]
  const wrong = known && given.find((value) => !known.includes(value))
  if (!known || wrong === undefined) return
  throw wrongValue(
    `The following filter value is not valid: ${wrong}. Valid values include: [${known.join(', ')}].`,
  )
}

function checkFilterPath(path: string): void {
  if (/^\/(?:aws|ssm)/i.test(path)) {
    throw invalid(
      `Filters for common parameters can't be prefixed with "aws" or "ssm" (case-insensitive). When using global parameters, please specify within a global namespace.`,
    )
  }
  checkPath(path)
}

function wrongValue(message: string): ServiceError {
  return new ServiceError('InvalidFilterValue', 400, message)
}

export function matchesAll(parameter: Parameter, filters: readonly ParameterStringFilter[]): boolean {
  return filters.every((filter) => matches(parameter, filter))
}

function matches(parameter: Parameter, { Key = '', Option, Values = [] }: ParameterStringFilter): boolean {
  if (Key === 'Path') return Values.some((path) => isBelow(parameter.name, path, Option === 'Recursive'))
  const text = textOf(parameter, Key)
  if (text === undefined) return false
  if (Values.length === 0) return true
  return Values.some((value) => {
    if (Option === 'Contains') return text.includes(value)
    const full = Key === 'Name' ? withSlash(value) : value
    return Option === 'BeginsWith' ? text.startsWith(full) : text === full
  })
}

/** Names match with the first slash and without it. */
function withSlash(name: string): string {
  return name.startsWith('/') ? name : `/${name}`
}

function textOf(parameter: Parameter, key: string): string | undefined {
  const { name, type, keyId, tier = 'Standard', dataType = 'text', tags = {} } = parameter
  if (key.startsWith('tag:')) return ownEntry(tags, key.slice('tag:'.length))
  const texts: Readonly<Record<string, string | undefined>> = {
    Name: withSlash(name),
    Type: type,
    KeyId: keyId,
    Tier: tier,
    DataType: dataType,
  }
  return texts[key]
}
