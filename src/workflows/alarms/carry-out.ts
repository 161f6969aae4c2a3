import pLimit from 'p-limit'
import { LambdactlError } from '../../errors/error.ts'
import { differencesOf } from '../../operation/alarms/differences.ts'
import type { AlarmChange } from '../../operation/alarms/plan.ts'
import { propertiesOf } from '../../operation/alarms/properties.ts'
import type { SeenAlarm } from '../../ports/alarms.ts'
import { keepOperation } from '../history/keep-operation.ts'
import { awsCommand, commandFor, type Run, type Target } from '../run/run.ts'
import { withUndo } from '../run/with-undo.ts'
import type { Ensured, EnsurePlan } from './ensure.ts'
import { requireNoRelease } from './require-no-release.ts'
import { serviceTag } from './service-tag.ts'

/** Changes of alarms, and the function that they watch. */
interface Altered {
  target: Target
  changes: readonly AlarmChange[]
}

/** The names of the alarms that go. */
export function removedIn({ functions }: EnsurePlan): string[] {
  return functions.flatMap(({ changes }) =>
    changes.flatMap(({ kind, name }) => (kind === 'remove' ? [name] : [])),
  )
}

/**
 * Carries a plan out: makes and changes first, so that an interrupt leaves more alarms rather than fewer. An error in the
 * middle names the commands that undo the changes before it.
 *
 * @throws LambdactlError CONFLICT during a release for whose alias alarms change or go, and if somebody has changed an
 * alarm since it was read
 */
export async function carryOutEnsure(run: Run, plan: EnsurePlan): Promise<void> {
  for (const { target, changes } of plan.functions)
    if (changes.some(({ kind }) => kind === 'change' || kind === 'remove'))
      await requireNoRelease(run, target, 'and its gates may be these alarms')
  const done: Altered[] = []
  try {
    for (const each of plan.functions) await putEach(run, each, { done, service: plan.service })
    const gone = removedIn(plan)
    if (gone.length > 0) await run.aws.alarmSettings.remove(gone)
  } catch (error) {
    await keepChanges(run, done)
    throw withUndo(error, undoOf(done, plan.service))
  }
  await keepChanges(run, plan.functions)
}

/** Puts the changes of alarms on record, an entry for each function. */
async function keepChanges(run: Run, altered: readonly Altered[]): Promise<void> {
  const byFunction = Map.groupBy(altered, ({ target }) => target)
  await pLimit(width).map(byFunction, async ([target, each]) => {
    const changes = each.flatMap((one) => one.changes)
    const of = (kind: AlarmChange['kind']) =>
      changes.flatMap((change) => (change.kind === kind ? [change.name] : []))
    const made = { made: of('make'), changed: of('change'), removed: of('remove') }
    if (Object.values(made).some((names) => names.length > 0))
      await keepOperation(run, target, { kind: 'ensured', ...made })
  })
}

/** So many entries are written at a time. */
const width = 8

async function putEach(
  run: Run,
  { target, changes }: Altered,
  { done, service }: { done: Altered[]; service: string },
): Promise<void> {
  await requireAsRead(run, target, changes)
  for (const change of changes) {
    if (change.kind !== 'make' && change.kind !== 'change') continue
    await run.aws.alarmSettings.put(change.alarm, { [serviceTag]: service })
    done.push({ target, changes: [change] })
  }
}

/** CloudWatch replaces an alarm of the same name without a question: so they are read once more, just before. */
async function requireAsRead(run: Run, target: Target, changes: readonly AlarmChange[]): Promise<void> {
  const altered = changes.filter(({ kind }) => kind !== 'same')
  if (altered.length === 0) return
  const found = await run.aws.alarmSettings.named(altered.map(({ name }) => name))
  const moved = altered.filter((change) => !isAsRead(change, found))
  if (moved.length === 0) return
  const names = moved.map(({ name }) => name).join(', ')
  throw new LambdactlError('CONFLICT', `Somebody has changed alarms since lambdactl read them: ${names}.`, {
    next: [`See the changes that are left: ${commandFor(target, 'alarms ensure', '--dry-run')}`],
  })
}

function isAsRead(change: AlarmChange, found: readonly SeenAlarm[]): boolean {
  const now = found.find(({ name }) => name === change.name)
  if (change.kind !== 'change' && change.kind !== 'remove') return now === undefined
  const { before } = change
  return (
    now?.definition !== undefined &&
    now.actionsAreOn === before.actions.areOn &&
    differencesOf(now.definition, before).length === 0
  )
}

/** The plan as a result. */
export function ensured(plan: EnsurePlan, dryRun: boolean): Ensured {
  return {
    functions: plan.functions.map(({ target: _, ...each }) => each),
    dryRun,
    undo: dryRun ? [] : undoOf(plan.functions, plan.service),
  }
}

function undoOf(altered: readonly Altered[], service: string): string[] {
  return altered.flatMap(({ target, changes }) => {
    const made = changes.flatMap(({ kind, name }) => (kind === 'make' ? [name] : []))
    const before = changes.flatMap((change) =>
      change.kind === 'change' || change.kind === 'remove' ? [change.before] : [],
    )
    const tags = { Tags: [{ Key: serviceTag, Value: service }] }
    return [
      ...(made.length > 0
        ? [awsCommand(target, 'cloudwatch delete-alarms', ['--alarm-names', ...made])]
        : []),
      ...before.map((alarm) =>
        awsCommand(target, 'cloudwatch put-metric-alarm', [
          '--cli-input-json',
          JSON.stringify({ ...propertiesOf(alarm), ...tags }),
        ]),
      ),
    ]
  })
}
