import type { Grant, Mapping } from '../../function/attachments/callers.ts'
import { type Callers, isSameGrant, wayOf } from './listed.ts'

/** A permission that can be made on the alias as it is. */
export type PlainGrant = Grant & { statement: string }

/** The changes that put triggers on an alias. */
export interface PointPlan {
  move: Mapping[]
  /** Named mappings that are on the alias already. */
  there: Mapping[]
  /** Mappings that stay, since another one of the same source is on the alias already; that one may be disabled. */
  twins: { mapping: Mapping; other: Mapping }[]
  /** Ids that no mapping of the function has. */
  unknown: string[]
  /** Permissions of services to add to the alias; the old ones stay. */
  add: PlainGrant[]
  /** Permissions past the alias that a person has to decide about, such as those of accounts and of everybody. */
  byHand: Grant[]
}

/**
 * Plans how triggers get to an alias. All means the mappings and permissions of the function itself and of versions;
 * those of other aliases are moved only by their ids.
 *
 * @param wanted ids of mappings, or all
 */
export function planPoint(
  { mappings, grants }: Pick<Callers, 'mappings' | 'grants'>,
  alias: string,
  wanted: 'all' | readonly string[],
): PointPlan {
  const isWanted = ({ uuid, qualifier }: Mapping) =>
    wanted === 'all' ? wayOf(qualifier, alias) === 'past' : wanted.includes(uuid)
  const asked = mappings.filter((mapping) => mapping.state !== 'Deleting' && isWanted(mapping))
  const [there, others] = split(asked, ({ qualifier }) => qualifier === alias)
  const { move, twins } = apart(others, mappings, alias)
  const missing = wanted === 'all' ? [] : wanted.filter((id) => !asked.some(({ uuid }) => uuid === id))
  const permissions = wanted === 'all' ? planGrants(grants, alias) : { add: [], byHand: [] }
  return { move, there, twins, unknown: missing, ...permissions }
}

/** A second mapping of a source on the alias would have each event handled twice. */
function apart(wanted: readonly Mapping[], all: readonly Mapping[], alias: string) {
  const present = all.filter(({ qualifier, state }) => qualifier === alias && state !== 'Deleting')
  const onAlias = new Map(present.map((mapping) => [mapping.source, mapping]))
  const move: Mapping[] = []
  const twins: PointPlan['twins'] = []
  for (const mapping of wanted) {
    const other = mapping.source === undefined ? undefined : onAlias.get(mapping.source)
    if (other !== undefined) twins.push({ mapping, other })
    else {
      move.push(mapping)
      onAlias.set(mapping.source, mapping)
    }
  }
  return { move, twins }
}

function planGrants(grants: readonly Grant[], alias: string): Pick<PointPlan, 'add' | 'byHand'> {
  const known = grants.filter(({ qualifier }) => qualifier === alias)
  const plan: Pick<PointPlan, 'add' | 'byHand'> = { add: [], byHand: [] }
  for (const grant of grants.filter(
    ({ qualifier, isOfUrl }) => wayOf(qualifier, alias) === 'past' && !isOfUrl,
  )) {
    if (known.some((other) => isSameGrant(grant, other))) continue
    const isTaken = known.some(({ statement }) => statement === grant.statement)
    if (isOfService(grant) && !isTaken) plan.add.push(grant)
    else plan.byHand.push(grant)
    known.push({ ...grant, qualifier: alias })
  }
  return plan
}

/** A permission that names a service and its source lets in nobody else on the alias. */
function isOfService(grant: Grant): grant is PlainGrant {
  const { isPlain, principal, sourceArn, statement } = grant
  return (
    isPlain &&
    statement !== undefined &&
    sourceArn?.startsWith('arn:') === true &&
    /^[\w-]+(?:\.[\w-]+)*\.amazonaws\.com(?:\.cn)?$/.test(principal)
  )
}

function split<Each>(all: readonly Each[], isFirst: (each: Each) => boolean): [Each[], Each[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))]
}
