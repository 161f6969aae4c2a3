import type { FoundFunction } from '../../found-function.ts'
import { type Part, partAt, textOf } from '../part.ts'
import { isOpen } from './variables.ts'

/** A function's name in the names of its resources, as the framework makes it: `PayDashorder` for `pay-order`. */
export function resourceName(name: string): string {
  const plain = name.replaceAll('-', 'Dash').replaceAll('_', 'Underscore')
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`
}

/** The names as far as the file fixes them. Without a stage in the file, the command line gives it. */
export function namesOf(
  service: Part,
  part: Part,
  name: string,
): Pick<FoundFunction, 'lambdaName' | 'stack' | 'region'> {
  const plain = (...keys: string[]) => plainText(partAt(service, ...keys))
  const [title, stage, region] = [plain('service'), plain('provider', 'stage'), plain('provider', 'region')]
  const prefix = title !== undefined && stage !== undefined ? `${title}-${stage}` : undefined
  const stack = plain('provider', 'stackName') ?? prefix
  const named = partAt(part, 'name')
  const lambdaName = named ? plainText(named) : prefix && `${prefix}-${name}`
  return {
    ...(lambdaName !== undefined && { lambdaName }),
    ...(stack !== undefined && { stack }),
    ...(region !== undefined && { region }),
  }
}

function plainText(part: Part | undefined): string | undefined {
  return part && !isOpen(part) ? textOf(part) : undefined
}
