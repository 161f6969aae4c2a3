import { grantWords } from '../source-words.ts'
import { addition, change, removal, type TriggerDifference } from './difference.ts'
import { isGrantOf, type OwnGrant, statementId, type WantedGrant } from './statements.ts'

/** The changes of the permissions of one trigger. */
export interface GrantPlan {
  /** The permission to add, with its id; undefined: it is there. */
  add: (WantedGrant & { statement: string }) | undefined
  /** Earlier ones of the trigger, which go once the new one is there. */
  stale: OwnGrant[]
}

/** Plans the permissions of a trigger of the file. @param own those that lambdactl made for its name */
export function planGrant(
  { kind, name }: { kind: string; name: string },
  wanted: WantedGrant,
  own: readonly OwnGrant[],
): GrantPlan {
  const kept = own.find((each) => each.kind === kind && isGrantOf(each, wanted))
  const stale = own.filter((each) => each !== kept)
  const statement = freeId(statementId(kind, name, wanted), stale)
  return { add: kept ? undefined : { ...wanted, statement }, stale }
}

/** Somebody may have changed the statement behind an id; it goes after the new one is there. */
function freeId(id: string, stale: readonly OwnGrant[]): string {
  if (!stale.some(({ statement }) => statement === id)) return id
  const last = (Number.parseInt(id.slice(-8), 16) + 1) >>> 0
  return freeId(`${id.slice(0, -8)}${last.toString(16).padStart(8, '0')}`, stale)
}

/** The difference of a trigger that is a permission only; undefined if there is none. */
export function grantDifference(
  name: string,
  wanted: WantedGrant,
  { add, stale }: GrantPlan,
): TriggerDifference | undefined {
  if (!add && stale.length === 0) return undefined
  const to = wantedWords(wanted)
  return stale.length === 0
    ? addition(name, to)
    : change(name, stale.map(({ grant }) => grantWords(grant)).join(', '), to)
}

/** The removal of permissions whose trigger is not in the file any more. */
export function grantRemoval({ trigger, grant }: OwnGrant): TriggerDifference {
  return removal(trigger, `permission for ${grantWords(grant)}`)
}

function wantedWords(wanted: WantedGrant): string {
  return `permission for ${grantWords({ ...wanted, qualifier: undefined, isOfUrl: false, isPlain: true })}`
}
