import { validation } from '../../protocol/service-error.ts'

/** Narrows a member that the model requires; requests without it do not come this far. @throws ServiceError 400 */
export function required<T>(value: T | null | undefined, field: string): T {
  if (value === undefined || value === null) throw validation('null', field, 'Member must not be null')
  return value
}

/**
 * For a value that the model does not check, since it is a part of another one.
 *
 * @throws ServiceError 400 unless the value, if present, matches the pattern; `shown` is the pattern in AWS's messages
 */
export function matching(value: string | undefined, field: string, pattern: RegExp, shown: string): void {
  if (value === undefined || pattern.test(value)) return
  throw validation(`'${value}'`, field, `Member must satisfy regular expression pattern: ${shown}`)
}
