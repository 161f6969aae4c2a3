import { type RolledBack, rolledBack, unknownLeft } from '../../release/decision/rolled-back.ts'
import type { AliasState } from '../../release/values/observed.ts'
import { parseRecord } from '../../release/values/record.ts'
import { type Origin, parseOrigin } from '../../release/values/version-description.ts'
import type { Changed } from '../candidate/compare-candidate.ts'
import type { Past } from '../run/read-past.ts'
import type { Run, Target } from '../run/run.ts'

/** The most versions left by hand that are read because the journal doesn't describe them. */
const mostRead = 2

/** The rollback of the content that is to be released; undefined if there was none, or it has held 100% since. */
export async function rolledBackBefore(
  run: Run,
  { target, origin, alias }: Pick<Changed, 'target' | 'alias'> & { origin: Pick<Origin, 'digest'> },
  past: Past,
): Promise<RolledBack | undefined> {
  const last = () => lastRolledBack(run, target, alias, origin.digest)
  if (!past) return last()
  const content = { lambdaName: target.lambdaName, alias: target.alias, digest: origin.digest }
  const unknown = unknownLeft(past, content).slice(0, mostRead)
  const told = rolledBack(past, content, await digestsOf(run, target, unknown))
  const id = parseRecord(alias?.description ?? '')?.id
  return told ?? (past.some(({ release }) => release === id) ? undefined : last())
}

/** If the journal does not tell, the alias's record tells only the last release, without its author. */
async function lastRolledBack(
  run: Run,
  target: Target,
  alias: AliasState | undefined,
  digest: string,
): Promise<RolledBack | undefined> {
  const record = parseRecord(alias?.description ?? '')
  if (record?.phase !== 'rolled-back') return undefined
  const { candidate, since: time, id: release, reason, strategy } = record
  if ((await digestsOf(run, target, [candidate])).get(candidate) !== digest) return undefined
  return { time, release, reason, by: undefined, isByHand: strategy === 'rollback' }
}

async function digestsOf(
  run: Run,
  { lambdaName }: Target,
  versions: readonly string[],
): Promise<Map<string, string>> {
  const states = await Promise.all(versions.map((version) => run.aws.functions.get(lambdaName, version)))
  return new Map(
    states.flatMap((state) => {
      const origin = state && parseOrigin(state.settings.description)
      return state && origin ? [[state.version, origin.digest] as const] : []
    }),
  )
}
