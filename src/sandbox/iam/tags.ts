import { ServiceError } from '../protocol/service-error.ts'

/** By key. */
export type Tags = Readonly<Record<string, string>>
type GivenTags = readonly { Key?: string | undefined; Value?: string | undefined }[]

/** @throws ServiceError 400 for a key that is given twice */
export function policyTags(given: GivenTags = []): Tags {
  const keys = given.map(({ Key }) => Key)
  if (new Set(keys).size < keys.length) throw duplicate('Duplicate tag keys found.')
  return recordOf(given)
}

/** @throws ServiceError 400 for a key that is given twice, in whatever case */
export function roleTags(given: GivenTags = []): Tags {
  const keys = given.map(({ Key = '' }) => Key.toLowerCase())
  if (new Set(keys).size < keys.length) {
    throw duplicate('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  }
  return recordOf(given)
}

/** The tags without those of some keys. */
export function without(
  tags: Tags,
  keys: readonly string[],
  isSame: (a: string, b: string) => boolean,
): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.some((each) => isSame(each, key))))
}

export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

function recordOf(given: GivenTags): Tags {
  return Object.fromEntries(given.map(({ Key = '', Value = '' }) => [Key, Value]))
}

function duplicate(message: string): ServiceError {
  return new ServiceError('InvalidInput', 400, message)
}
