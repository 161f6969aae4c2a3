import type { Adoptee, AdoptingService } from './adoptee.ts'
import { serviceNameOf } from './service-name.ts'

/** The name that a function gets in the file. */
export interface Naming {
  name: string
  /** The field `name`, if the name in Lambda does not follow from the function's. */
  field: { name?: string }
  /** Whether the field is the same in every environment. */
  isLiteral: boolean
}

/** The service's name in the file: for a new file, the one from which the most names in Lambda follow. */
export function serviceOf(
  { existing, environment, folderName }: AdoptingService,
  adoptees: readonly Adoptee[],
): string {
  if (existing) return existing.config.service
  const counts = new Map<string, number>()
  for (const { lambdaName } of adoptees) {
    const service = /^[a-zA-Z0-9]+(?=-.+-)/.exec(lambdaName)?.[0]
    if (service === undefined || between(lambdaName, service, environment) === undefined) continue
    counts.set(service, (counts.get(service) ?? 0) + 1)
  }
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a)
  return most?.[0] ?? serviceNameOf(folderName)
}

/** Chooses the function's name in the file so that its name in Lambda follows from it. */
export function namingOf(
  { lambdaName, logicalId, as }: Adoptee,
  service: string,
  environment: string,
): Naming {
  const inner = between(lambdaName, service, environment)
  if (inner !== undefined && (as === undefined || as === inner))
    return { name: inner, field: {}, isLiteral: false }
  const words = lambdaName.split('-')
  // The end that CloudFormation adds differs in each environment.
  const id = generatedFrom(lambdaName, logicalId)
  const isLiteral = id !== undefined || !words.includes(environment)
  const template = words.map((word) => (word === environment ? '${env}' : word)).join('-')
  return {
    name: as ?? id ?? plain(lambdaName),
    field: { name: isLiteral ? lambdaName : template },
    isLiteral,
  }
}

/** The part of a name between the service's and the environment's; undefined for a name of another form. */
function between(lambdaName: string, service: string, environment: string): string | undefined {
  const [start, end] = [`${service}-`, `-${environment}`]
  const inner = lambdaName.slice(start.length, -end.length)
  return lambdaName === `${start}${inner}${end}` && /^[a-zA-Z0-9]/.test(inner) ? inner : undefined
}

/**
 * The logical id, without the hash that CDK adds, of a function that CloudFormation named `STACK-ID-RANDOM`; it shortens
 * the stack and the id in long names. Undefined for a function whose name somebody chose.
 */
function generatedFrom(lambdaName: string, logicalId: string | undefined): string | undefined {
  if (logicalId === undefined) return undefined
  const [, id] = /-([a-zA-Z0-9]+)-[a-zA-Z0-9]{4,}$/.exec(lambdaName) ?? []
  if (id === undefined || !logicalId.startsWith(id)) return undefined
  return logicalId.replace(/(?<=.)[0-9A-F]{8}$/, '')
}

/** A name that the file accepts: it begins with a letter or digit. */
function plain(lambdaName: string): string {
  return lambdaName.replace(/^[-_]+/, '') || 'function'
}
