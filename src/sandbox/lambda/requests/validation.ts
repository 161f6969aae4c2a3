import { validation } from '../../protocol/service-error.ts'

/** Longest description of a function, a version or an alias. */
const longestDescription = 256

/**
 * @throws ServiceError 400 unless the value, if present, matches the pattern; `shown` is the pattern in AWS's messages
 */
export function matching(value: string | undefined, field: string, pattern: RegExp, shown: string): void {
  if (value === undefined || pattern.test(value)) return
  throw validation(`'${value}'`, field, `Member must satisfy regular expression pattern: ${shown}`)
}

/** @throws ServiceError 400 unless the value's length, if present, is within the bounds */
export function lengthWithin(
  value: string | undefined,
  field: string,
  shortest: number,
  longest: number,
): void {
  if (value === undefined) return
  if (value.length > longest) {
    throw validation(`'${value}'`, field, `Member must have length less than or equal to ${longest}`)
  }
  if (value.length < shortest) {
    throw validation(`'${value}'`, field, `Member must have length greater than or equal to ${shortest}`)
  }
}

/** @throws ServiceError 400 unless the number, if present, is within the bounds */
export function numberWithin(
  value: number | undefined,
  field: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (value === undefined) return
  if (value > most)
    throw validation(`'${value}'`, field, `Member must have value less than or equal to ${most}`)
  if (value < least) {
    throw validation(`'${value}'`, field, `Member must have value greater than or equal to ${least}`)
  }
}

/** @throws ServiceError 400 unless the value, if present, is one of the allowed values */
export function oneOf(value: string | undefined, field: string, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(value)) return
  throw validation(`'${value}'`, field, `Member must satisfy enum value set: [${allowed.join(', ')}]`)
}

/** @throws ServiceError 400 if a required member is missing */
export function required<T>(value: T | null | undefined, field: string): T {
  if (value === undefined || value === null) throw validation('null', field, 'Member must not be null')
  return value
}

/** @throws ServiceError 400 if a description is too long */
export function checkDescription(description: string | undefined): void {
  lengthWithin(description, 'description', 0, longestDescription)
}
