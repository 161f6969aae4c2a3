import { partitionOf } from '../../function/values/partition.ts'
import type { Call } from '../protocol/service.ts'
import { ServiceError } from '../protocol/service-error.ts'
import { invalid } from './errors.ts'

/** A name as it is asked for, with the version at its end. */
export interface Selected {
  name: string
  version: number | undefined
}

/** The name that is asked for by itself or by its ARN. */
export function nameOf(asked: string): string {
  return /^arn:[^:]+:ssm:[^:]*:\d*:parameter(\/.+)$/s.exec(asked)?.[1] ?? asked
}

/** Splits `name:version`, and takes the name out of an ARN. @throws ServiceError 501 for a label in place of a version */
export function selected(asked: string): Selected {
  const [, name = '', selector] = /^(.*?)(?::([^:]*))?$/s.exec(nameOf(asked)) ?? []
  if (selector === undefined) return { name, version: undefined }
  if (/^\d+$/.test(selector)) return { name, version: Number(selector) }
  throw new ServiceError('NotImplemented', 501, `The sandbox does not have labels, as in ${asked}.`)
}

/** `x` and `/x` are one parameter, since both have the same ARN. Each Region has its own parameters. */
export function keyOf({ region }: Call, name: string): string {
  return `${region} ${name.lastIndexOf('/') === 0 ? name.slice(1) : name}`
}

export function arnOf({ region, account }: Call, name: string): string {
  return `arn:${partitionOf(region)}:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`
}

/** The most levels of a name. */
const mostLevels = 15

/** Checks the name of a new parameter. @throws ServiceError 400 */
export function checkName(name: string): void {
  if (name.length > 1011) throw invalid('The parameter name is longer than 1011 characters.')
  if (/^\/?(?:aws|ssm)/i.test(name)) throw reservedName(name)
  checkForm(name)
  if (name.includes('/') && !name.startsWith('/'))
    throw invalid('Parameter name must be a fully qualified name.')
  if (name.split('/').length - 1 > mostLevels) {
    throw new ServiceError(
      'HierarchyLevelLimitExceededException',
      400,
      `Hierarchy depth exceeded: a name has at most ${mostLevels} levels, as in /level-1/level-2.`,
    )
  }
}

/** 400: a name that begins like those of AWS. */
function reservedName(name: string): ServiceError {
  const isPath = name.lastIndexOf('/') > 0
  if (!isPath) {
    return invalid(`Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive).`)
  }
  return /^\/aws/i.test(name)
    ? new ServiceError('AccessDeniedException', 400, `No access to reserved parameter name: ${name}.`)
    : wrongForm()
}

/** Checks the form of a name. @throws ServiceError 400 */
function checkForm(name: string): void {
  if (!/^\/?[\w.-]+(?:\/[\w.-]+)*$/.test(name)) throw wrongForm()
}

/** 400. */
function wrongForm(): ServiceError {
  return invalid(
    `Parameter name: can't be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_`,
  )
}

/** Checks a name that is read: a path begins with a slash. @throws ServiceError 400 */
export function checkRead(name: string): void {
  if (name.includes('/') && !name.startsWith('/')) throw wrongForm()
  checkForm(name)
}

/** Checks the path of a list. @throws ServiceError 400 */
export function checkPath(path: string): void {
  if (/^\/(?:[\w.-]+\/?)*$/.test(path)) return
  throw invalid(
    'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
  )
}

/** Tells whether a name lies below a path, or directly in it. */
export function isBelow(name: string, path: string, isRecursive: boolean): boolean {
  const full = name.startsWith('/') ? name : `/${name}`
  const start = path.endsWith('/') ? path : `${path}/`
  return full.startsWith(start) && (isRecursive || !full.slice(start.length).includes('/'))
}
