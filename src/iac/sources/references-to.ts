import type { Seen } from '../found-function.ts'
import { referencesOf } from './intrinsics.ts'
import { namesOnly } from './names-only.ts'
import { findParts, type Part, partAt, partsOf, textOf } from './part.ts'

/** The places of a template where other resources name a function, and so invoke it past its alias. */
export function referencesTo(logicalId: string, template: Part, file: string): Seen[] {
  return Array.from(partsOf(partAt(template, 'Resources'))).flatMap(([name, resource]) => {
    const type = textOf(partAt(resource, 'Type')) ?? ''
    const properties = partAt(resource, 'Properties')
    if (!properties || name === logicalId || namesOnly.has(type)) return []
    const found = findParts(properties, (part) => referencesOf(part).includes(logicalId))
    return found.map(({ path, part }) => ({ what: `${name}${path} (${type})`, file, line: part.line }))
  })
}
