import type { Permitted, PolicyPlace } from './facts.ts'
import { type Condition, type Resources, resourceKinds } from './resources.ts'
import type { Row } from './row.ts'
import { permissionTable } from './table.ts'
import type { Verb } from './verbs.ts'

interface Statement {
  Effect: 'Allow'
  Action: string[]
  Resource: string[]
  Condition?: Condition
}

/** An IAM policy, in AWS's form. */
export interface Policy {
  Version: '2012-10-17'
  Statement: Statement[]
}

/** The functions of a policy, where they are, and the commands that it is for. */
export interface Wanted {
  place: PolicyPlace
  functions: readonly Permitted[]
  verbs: readonly Verb[]
}

/** The least policy that lets a caller run the commands on the functions. */
export function leastPolicy(wanted: Wanted): Policy {
  return { Version: '2012-10-17', Statement: statements(grants(wanted)) }
}

/** One action on one resource, and the commands that need it. */
export interface Grant extends Pick<Resources, 'condition'> {
  action: string
  arn: string
  verbs: readonly Verb[]
}

/** The permissions that the commands need, one by one. */
export function grants({ place, functions, verbs }: Wanted): Grant[] {
  return permissionTable
    .filter((row) => row.verbs.some((verb) => verbs.includes(verb)))
    .flatMap((row) =>
      functions
        .filter((fn) => concerns(row, fn))
        .map((fn) => resourceKinds[row.on].of(fn, place))
        .flatMap(({ arns, condition }) =>
          row.actions.flatMap((action) =>
            arns.map((arn) => ({
              action: `${row.service}:${action}`,
              arn,
              verbs: row.verbs.filter((verb) => verbs.includes(verb)),
              ...(condition && { condition }),
            })),
          ),
        ),
    )
}

function concerns({ manages, fields }: Row, fn: Permitted): boolean {
  const isManaged = manages === undefined || manages === fn.manages
  return isManaged && (fields === undefined || fields.some((field) => fn.fields.has(field)))
}

/** Actions on the same resources share a statement. */
function statements(granted: readonly Grant[]): Statement[] {
  const byAction = Map.groupBy(granted, ({ action, condition }) => JSON.stringify([action, condition]))
  const alike = Map.groupBy(byAction.values(), (same) => JSON.stringify([arnsOf(same), same[0]?.condition]))
  return Array.from(alike.values(), (groups) => {
    const [first = []] = groups
    const [{ condition } = {}] = first
    return {
      Effect: 'Allow' as const,
      Action: groups.flatMap(([one]) => (one ? [one.action] : [])).toSorted(),
      Resource: arnsOf(first),
      ...(condition && { Condition: condition }),
    }
  })
}

function arnsOf(granted: readonly Grant[]): string[] {
  const arns = [...new Set(granted.map(({ arn }) => arn))].toSorted()
  return arns.includes('*') ? ['*'] : arns
}
