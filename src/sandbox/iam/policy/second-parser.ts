import { listOf, type OneOrMore, type Statement } from './document.ts'

/** Tells whether IAM's second parser, which comes after the syntax, reads a statement too. */
export function isReadAgain(statement: Statement): boolean {
  return (
    ['Allow', 'Deny'].includes(statement.Effect) &&
    Object.entries(statement.Condition ?? {}).every(hasDates) &&
    [...listOf(statement.Resource), ...listOf(statement.NotResource)].every(isWholeArn)
  )
}

function hasDates([operator, keys]: [string, Readonly<Record<string, OneOrMore>>]): boolean {
  return !/^(?:For\w+:)?Date/i.test(operator) || Object.values(keys).flatMap(listOf).every(isDate)
}

const longestEpoch = 2n ** 63n - 1n
const isoDate =
  /^\d+(?:-(?:0?[1-9]|1[0-2])(?:-\d{1,2})?)?(?:T(?:\d{1,2}(?::\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/i

/** An epoch of 64 bits, or a date of ISO 8601, perhaps without its end. */
function isDate(text: string): boolean {
  if (!/^-?\d+$/.test(text)) return isoDate.test(text)
  const epoch = BigInt(text)
  return epoch <= longestEpoch && epoch >= -longestEpoch
}

/** IAM completes short ARNs, but not those without a service, nor those of S3. */
function isWholeArn(resource: string): boolean {
  const [prefix, partition = '', service, ...rest] = resource.split(':')
  if (prefix !== 'arn' || !/^aws(?:-|$)/.test(partition) || service === undefined) return true
  return service !== '' && !(service === 's3' && rest.length === 2)
}
