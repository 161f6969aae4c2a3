import type { AdoptingService } from './adoptee.ts'
import { serviceNameOf } from './service-name.ts'

/** The name that a function gets in the file. */
export interface Naming {
  service: string
  name: string
  /** The field `name`, if the name in Lambda does not follow from the function's. */
  field: { name?: string }
  /** Whether the field is the same in every environment. */
  isLiteral: boolean
}

/** Chooses the function's name in the file so that its name in Lambda follows from it. */
export function namingOf({ existing, environment, folderName }: AdoptingService, lambdaName: string): Naming {
  const service = existing?.config.service ?? /^[a-zA-Z0-9]+(?=-.+-)/.exec(lambdaName)?.[0]
  const [start, end] = [`${service}-`, `-${environment}`]
  const between = lambdaName.slice(start.length, -end.length)
  if (service !== undefined && lambdaName === `${start}${between}${end}` && /^[a-zA-Z0-9]/.test(between)) {
    return { service, name: between, field: {}, isLiteral: false }
  }
  const words = lambdaName.split('-')
  const isLiteral = !words.includes(environment)
  const template = words.map((word) => (word === environment ? '${env}' : word)).join('-')
  return {
    service: existing?.config.service ?? serviceNameOf(folderName),
    name: plain(lambdaName),
    field: { name: isLiteral ? lambdaName : template },
    isLiteral,
  }
}

/** A name that the file accepts: it begins with a letter or digit. */
function plain(lambdaName: string): string {
  return lambdaName.replace(/^[-_]+/, '') || 'function'
}
