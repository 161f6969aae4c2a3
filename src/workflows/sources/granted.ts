import type { TriggerKind } from '../../function/triggers/wanted.ts'
import { grantWords } from '../../operation/triggers/source-words.ts'
import { addition, change, removal } from '../../operation/triggers/wanted/difference.ts'
import { planGrant } from '../../operation/triggers/wanted/plan-grants.ts'
import type { OwnGrant, WantedGrant } from '../../operation/triggers/wanted/statements.ts'
import type { Findings, TriggerContext, TriggerProblem, TriggerWork } from './context.ts'
import { addGrant, ownOf, revoke } from './grants.ts'

/** A trigger of a source that names the alias as its target, as it is and as the file wants it. */
export interface Looked {
  grant: WantedGrant
  /** The source's target now, in words; undefined: it has none for the trigger. */
  now: string | undefined
  isSame: boolean
  to: string
  set(): Promise<void>
}

/** A kind of source that names the alias as its target, and invokes it by a permission. */
export interface GrantedKind<Wanted extends { kind: TriggerKind; name: string }> {
  /** The kinds of triggers, which are in the ids of their permissions. */
  kinds: readonly TriggerKind[]
  look(context: TriggerContext, wanted: Wanted): Promise<Looked | TriggerProblem>
  /**
   * Takes away the target of a trigger that the file has no more, or that has another source now.
   *
   * @param isShared whether another trigger of the file has the same source
   */
  takeAway(context: TriggerContext, own: OwnGrant, isShared: boolean): Promise<void>
}

/**
 * Compares triggers whose source has a target of its own. The permission on the alias is there before the target, and
 * goes after it: so it tells what lambdactl made, however far an earlier run came.
 */
export async function compareGranted<Wanted extends { kind: TriggerKind; name: string }>(
  kind: GrantedKind<Wanted>,
  context: TriggerContext,
  triggers: readonly Wanted[],
): Promise<Findings> {
  const looked = await Promise.all(
    triggers.map(async (wanted) => ({ wanted, seen: await kind.look(context, wanted) })),
  )
  const problems = looked.flatMap(({ seen }) => ('detail' in seen ? [seen] : []))
  const found = looked.flatMap(({ wanted, seen }) => ('detail' in seen ? [] : [{ wanted, seen }]))
  const sources = new Set(found.map(({ seen }) => seen.grant.sourceArn))
  const leave = async (gone: readonly OwnGrant[]) => {
    for (const own of gone) await kind.takeAway(context, own, sources.has(own.grant.sourceArn))
    await revoke(context, gone)
  }
  const works = found.flatMap(({ wanted, seen }) => workOf(context, wanted, seen, leave))
  const names = new Set(triggers.map(({ name }) => name))
  const gone = context.grants.filter((own) => isOf(kind.kinds, own) && !names.has(own.trigger))
  // A source that can't be read may be that of such a permission: nothing is removed then.
  const removals = problems.length > 0 ? [] : gone.map((own) => removalOf(own, leave))
  return { works: [...works, ...removals], problems }
}

type Leave = (gone: readonly OwnGrant[]) => Promise<void>

function workOf(
  context: TriggerContext,
  { kind, name }: { kind: TriggerKind; name: string },
  looked: Looked,
  leave: Leave,
): TriggerWork[] {
  const { grant, now, isSame, to } = looked
  const plan = planGrant({ kind, name }, grant, ownOf(context, kind, name))
  const { add, stale } = plan
  if (isSame && !add && stale.length === 0) return []
  const before = now ?? (stale.map((own) => grantWords(own.grant)).join(', ') || undefined)
  const from = before === to ? `${to} without its permission` : before
  return [
    {
      differences: [from === undefined ? addition(name, to) : change(name, from, to)],
      removes: false,
      async apply() {
        await addGrant(context, plan)
        if (!isSame) await looked.set()
        const moved = stale.filter((own) => own.grant.sourceArn !== grant.sourceArn)
        await revoke(
          context,
          stale.filter((own) => !moved.includes(own)),
        )
        await leave(moved)
      },
    },
  ]
}

function removalOf(own: OwnGrant, leave: Leave): TriggerWork {
  return {
    differences: [removal(own.trigger, grantWords(own.grant))],
    removes: true,
    apply: () => leave([own]),
  }
}

function isOf(kinds: readonly TriggerKind[], { kind }: OwnGrant): boolean {
  return (kinds as readonly string[]).includes(kind)
}

/** Whether lambdactl made the target of a source: it added the permission for it before. */
export function isOwnSource(
  { grants }: TriggerContext,
  kinds: readonly TriggerKind[],
  source: string,
): boolean {
  return grants.some((own) => isOf(kinds, own) && own.grant.sourceArn === source)
}
