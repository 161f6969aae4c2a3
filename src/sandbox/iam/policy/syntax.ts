import { ownEntry } from '../../own-entry.ts'
import type { PolicyDocument } from './document.ts'

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isPlain: Check = (value) => ['string', 'number', 'boolean'].includes(typeof value)
const oneOrMore =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) ? value.every(check) : check(value)
const texts = oneOrMore(isText)
const principals: Check = (value) =>
  value === '*' || (isObject(value) && Object.values(value).every((names) => texts(names)))

const documentMembers: Readonly<Record<string, Check>> = {
  Version: (value) => value === '2012-10-17' || value === '2008-10-17',
  Id: isText,
  Statement: (value) =>
    Array.isArray(value) ? value.length > 0 && value.every(isStatement) : isStatement(value),
}

const statementMembers: Readonly<Record<string, Check>> = {
  Sid: isText,
  // IAM's second parser refuses another case than "Allow" and "Deny".
  Effect: (value) => isText(value) && /^(?:allow|deny)$/i.test(value as string),
  Principal: principals,
  NotPrincipal: principals,
  Action: texts,
  NotAction: texts,
  Resource: texts,
  NotResource: texts,
  Condition: (value) => isObject(value) && Object.entries(value).every(isCondition),
}

/** Members of which a statement has at most one. */
const alternatives = [
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
  ['Principal', 'NotPrincipal'],
] as const

const operators =
  /^(?:For(?:AnyValue|AllValues):)?(?:String(?:Not)?(?:Equals(?:IgnoreCase)?|Like)|(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Arn(?:Not)?(?:Equals|Like)|(?:Not)?IpAddress|Bool|BinaryEquals)(?:IfExists)?$|^Null$/i

/** Tells whether a value has a policy's members only, and each of its type. */
export function isPolicy(value: unknown): value is PolicyDocument {
  return isObject(value) && value['Statement'] !== undefined && hasOnly(documentMembers, value)
}

function isStatement(value: unknown): boolean {
  return (
    isObject(value) &&
    value['Effect'] !== undefined &&
    hasOnly(statementMembers, value) &&
    alternatives.every((names) => names.filter((name) => value[name] !== undefined).length < 2)
  )
}

/** An operator that compares nothing is not read. */
function isCondition([operator, keys]: [string, unknown]): boolean {
  if (!isObject(keys)) return false
  const values = Object.values(keys)
  return values.length === 0 || (operators.test(operator) && values.every(oneOrMore(isPlain)))
}

function hasOnly(
  members: Readonly<Record<string, Check>>,
  value: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(value).every(([name, member]) => ownEntry(members, name)?.(member) ?? false)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
