import { brokenRule } from '../../protocol/service-error.ts'
import { invalidParameter } from '../errors.ts'

/** @throws ServiceError InvalidParameterException for a name that is missing, too long or has `:` or `*` */
export function checkFilterName(name: string | undefined, field = 'filterName'): string {
  const rule =
    name === undefined
      ? 'Member must not be null'
      : name.length > 512
        ? 'Member must have length less than or equal to 512'
        : name === ''
          ? 'Member must have length greater than or equal to 1'
          : /[:*]/.test(name)
            ? 'Member must satisfy regular expression pattern: [^:*]*'
            : undefined
  if (rule !== undefined) {
    throw invalidParameter(brokenRule(field, rule, name === undefined ? 'null' : `'${name}'`))
  }
  return name ?? ''
}
