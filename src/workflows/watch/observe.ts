import { isConflict } from '../../errors/after-a-call.ts'
import { LambdactlError } from '../../errors/error.ts'
import { alarmVerdict } from '../../gates/alarms/gate.ts'
import { judgeAlarms } from '../../gates/alarms/verdict.ts'
import { comparisonGateVerdict } from '../../gates/comparison/gate.ts'
import type { ComparisonVerdict } from '../../gates/comparison/verdict.ts'
import { mergedVerdict } from '../../gates/merged-verdict.ts'
import { isLastLook, type Observed, overAt } from '../../release/decision/decide.ts'
import type { Figures } from '../../release/plan/comparison.ts'
import type { Plan } from '../../release/plan/plan.ts'
import type { AliasState, JudgedAlarm, Verdict } from '../../release/values/observed.ts'
import { parseRecord, type ReleaseRecord } from '../../release/values/record.ts'
import { movedBeside } from '../release-only/beside.ts'
import type { PlannedRelease } from '../run/release.ts'
import { compareVersions } from './compare-versions.ts'
import { countInvocations } from './count-invocations.ts'
import { watchedFigures } from './figures.ts'

/** The state that a release observes, with the facts behind its verdict. */
export interface Seen extends Observed {
  alarms: readonly JudgedAlarm[]
  /** Absent if nothing is compared, or the metrics can't be read. */
  comparison?: ComparisonVerdict
  /** Present if a person watches them. */
  figures?: Figures
  /** AWS could not be read, so no gate gave the verdict. */
  unread?: true
  /** The reason why the release can't be carried on any more, if no gate gives it. */
  failure?: LambdactlError
}

/**
 * Reads the alias, the alarms and the metrics side by side. While AWS does not answer, or the credentials have expired,
 * the last seen alias counts and unreadable parts are inconclusive. A gate that is known to fail still fails.
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
  const verdict = gate.outcome === 'fail' ? gate : (aliasRead.trouble ?? heldBy(gate, plan, record))
  const unread = aliasRead.trouble ?? alarmsRead.trouble ?? comparisonRead.trouble
  const enough =
    verdict.outcome === 'pass'
      ? [...(await enoughInvocations(release, record)), ...(await besideVerdict(release, record))]
      : []
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

/** Without a bake the gates have passed before the switch to 100%: then only one that fails counts. */
function heldBy(gate: Verdict, plan: Plan, record: ReleaseRecord | undefined): Verdict {
  return record?.id === plan.id && isLastLook(plan, record) ? passedBefore : gate
}

const passedBefore: Verdict = { outcome: 'pass', reason: 'the gates passed before the switch to 100%' }

/** Read last, and only if nothing else holds the step. */
async function enoughInvocations(
  release: PlannedRelease,
  record: ReleaseRecord | undefined,
): Promise<Verdict[]> {
  if (record?.id !== release.plan.id) return []
  const { answer, trouble } = await orTrouble(countInvocations(release, record))
  return trouble ? [trouble] : answer ? [answer] : []
}

/** Another tool's changes are read last too, and only if the release would move on. */
async function besideVerdict(release: PlannedRelease, record: ReleaseRecord | undefined): Promise<Verdict[]> {
  const { run, plan } = release
  if (!plan.beside || record?.id !== plan.id || run.clock.now() < overAt(plan, record)) return []
  const { answer, trouble } = await orTrouble(movedBeside(release))
  if (trouble) return [trouble]
  return answer === undefined ? [] : [{ outcome: 'inconclusive', reason: answer }]
}

/** The alarms report a release without any gate. */
function gatedByAlarms({ alarms, comparison }: Plan): boolean {
  return alarms.length > 0 || !comparison
}

type Read<Answer> = { answer: Answer; trouble?: never } | { answer?: never; trouble: Verdict }

/** Returns the answer of a read, or the verdict for a failed read. */
async function orTrouble<Answer>(read: Promise<Answer>): Promise<Read<Answer>> {
  try {
    return { answer: await read }
  } catch (error) {
    if (!(error instanceof LambdactlError) || isConflict(error) || error.code === 'BUG') throw error
    return { trouble: { outcome: 'inconclusive', reason: error.brief } }
  }
}
