import { isConflict } from '../../errors/after-a-call.ts'
import { LambdactlError } from '../../errors/error.ts'
import { alarmVerdict } from '../../gates/alarms/gate.ts'
import { judgeAlarms } from '../../gates/alarms/verdict.ts'
import { comparisonGateVerdict } from '../../gates/comparison/gate.ts'
import type { ComparisonVerdict } from '../../gates/comparison/verdict.ts'
import { mergedVerdict } from '../../gates/merged-verdict.ts'
import type { Observed } from '../../release/decision/decide.ts'
import type { Figures } from '../../release/plan/comparison.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { AliasState, JudgedAlarm, Verdict } from '../../release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import type { PlannedRelease } from '../run/release.ts'
import { compareVersions } from './compare-versions.ts'
import { countInvocations } from './count-invocations.ts'
import { watchedFigures } from './figures.ts'

/** The state that a release sees, with the facts behind its verdict. */
export interface Seen extends Observed {
  alarms: readonly JudgedAlarm[]
  /** Absent where nothing is compared, or the metrics can't be read. */
  comparison?: ComparisonVerdict
  /** Where somebody sees them. */
  figures?: Figures
  /** AWS could not be read, so the verdict is no gate's. */
  unread?: true
  /** Why the release can't be carried on any more, where no gate says so. */
  failure?: LambdactlError
}

/**
 * Reads the alias, the alarms and the metrics side by side. While AWS does not answer, or the credentials have expired,
 * the alias counts as last seen and what can't be read as inconclusive; a gate that is known to fail fails all the same.
 */
export async function observe(release: PlannedRelease, last: AliasState): Promise<Seen> {
  const { run, target, plan } = release
  const [aliasRead, alarmsRead, comparisonRead, figures] = await Promise.all([
    orTrouble(run.aws.aliases.get(target.lambdaName, target.alias)),
    orTrouble(plan.alarms.length > 0 ? run.aws.alarms.describe(plan.alarms) : Promise.resolve([])),
    orTrouble(compareVersions(release)),
    watchedFigures(release, last),
  ])
  const alias = aliasRead.trouble ? last : aliasRead.answer
  if (!alias) {
    throw new LambdactlError(
      'CONFLICT',
      `The alias ${target.alias} of ${target.lambdaName} was deleted meanwhile.`,
    )
  }
  const alarms = judgeAlarms(alarmsRead.answer ?? [], plan)
  const comparison = comparisonRead.answer
  const gate = mergedVerdict([
    ...(gatedByAlarms(plan) ? [alarmsRead.trouble ?? alarmVerdict(plan.alarms, alarms)] : []),
    ...(plan.comparison && comparison ? [comparisonGateVerdict(comparison, plan.comparison, alias)] : []),
    ...(comparisonRead.trouble ? [comparisonRead.trouble] : []),
  ])
  const record = parseRecord(alias.description)
  const verdict = gate.outcome === 'fail' ? gate : (aliasRead.trouble ?? gate)
  const unread = aliasRead.trouble ?? alarmsRead.trouble ?? comparisonRead.trouble
  const enough = verdict.outcome === 'pass' ? await enoughInvocations(release, record) : []
  return {
    alias,
    record,
    verdict: mergedVerdict([verdict, ...enough]),
    alarms,
    ...(comparison && { comparison }),
    ...figures,
    ...(unread && { unread: true }),
  }
}

/** Asked last, and only where nothing else holds the step. */
async function enoughInvocations(
  release: PlannedRelease,
  record: ReleaseRecord | undefined,
): Promise<Verdict[]> {
  if (record?.id !== release.plan.id) return []
  const { answer, trouble } = await orTrouble(countInvocations(release, record))
  return trouble ? [trouble] : answer ? [answer] : []
}

/** A release without any gate says that of its alarms. */
function gatedByAlarms({ alarms, comparison }: Plan): boolean {
  return alarms.length > 0 || !comparison
}

type Read<Answer> = { answer: Answer; trouble?: never } | { answer?: never; trouble: Verdict }

/** Returns the answer of a read, or the verdict for a read that fails. */
async function orTrouble<Answer>(read: Promise<Answer>): Promise<Read<Answer>> {
  try {
    return { answer: await read }
  } catch (error) {
    if (!(error instanceof LambdactlError) || isConflict(error) || error.code === 'BUG') throw error
    return { trouble: { outcome: 'inconclusive', reason: error.brief } }
  }
}
