import type { LeftOut } from '../../found-function.ts'
import { intrinsicOf } from '../intrinsics.ts'
import { isParts, noParts, type Part, type Parts, partAt, partsOf } from '../part.ts'
import { notTaken, type Openness, type Taken, takeProperties } from '../take.ts'
import { takenVpc } from './properties.ts'

const shared = [
  'architecture',
  'kmsKeyArn',
  'layers',
  'logRetentionInDays',
  'memorySize',
  'role',
  'runtime',
  'runtimeManagement',
  'timeout',
]

/** The properties of a function, with those of `provider` that it has not itself. */
export function withProvider(provider: Part | undefined, part: Part): Parts {
  const inherited = [
    ...shared.map((key) => [key, partAt(provider, key)] as const),
    ['role', existingRole(partAt(provider, 'iam', 'role')) ?? partAt(provider, 'role')] as const,
    ['tracing', partAt(provider, 'tracing', 'lambda')] as const,
    ['logs', partAt(provider, 'logs', 'lambda')] as const,
  ]
  const own = Array.from(partsOf(part)).filter(([, { value }]) => value !== null)
  return new Map([...inherited.flatMap(([key, each]) => (each ? [[key, each] as const] : [])), ...own])
}

const ofNewRole = ['statements', 'managedPolicies', 'name', 'path', 'permissionsBoundary', 'tags']

/** A map with one of these says which role the framework makes. */
function existingRole(role: Part | undefined): Part | undefined {
  return ofNewRole.some((each) => partsOf(role).has(each)) ? undefined : role
}

/** A map of `provider` with the function's own over it. */
export function mergedOf(provider: Part | undefined, part: Part, key: string): Parts {
  return new Map([provider, part].flatMap((each) => [...ownParts(partAt(each, key))]))
}

/** CloudFormation finds out the content of an intrinsic function. */
function ownParts(map: Part | undefined): Parts {
  return map && intrinsicOf(map) ? noParts : partsOf(map)
}

/** Names such a map of `provider` or of the function that is no map: a variable brings it. */
export function notMaps(provider: Part | undefined, part: Part, openness: Openness): LeftOut[] {
  return ['environment', 'tags', 'vpc'].flatMap((key) =>
    [partAt(provider, key), partAt(part, key)].flatMap((each) =>
      !each || isMap(each) || each.value === null || each.value === false
        ? []
        : notTaken(key, each, openness),
    ),
  )
}

function isMap(part: Part): boolean {
  return isParts(part.value) && intrinsicOf(part) === undefined
}

/** Takes the VPC of the function, each of its properties from `provider` where it has none; `vpc: false` means none. */
export function takeVpc(provider: Part | undefined, part: Part, openness: Openness): Taken {
  const own = partAt(part, 'vpc')
  const value = mergedOf(provider, part, 'vpc')
  if (own?.value === false || own?.value === null || value.size === 0) return { fields: {}, left: [] }
  return takeProperties(
    new Map([['vpc', { line: own?.line ?? part.line, value }]]),
    { vpc: takenVpc },
    openness,
  )
}
