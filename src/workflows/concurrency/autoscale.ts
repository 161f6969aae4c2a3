import { asLambdactlError, LambdactlError } from '../../errors/error.ts'
import { shellWord } from '../../errors/shell-word.ts'
import { counted } from '../../gates/comparison/words.ts'
import {
  obsoleteSchedules,
  policyName,
  schedulePrefix,
  scheduleWords,
  type WantedScaling,
} from '../../operation/concurrency/scaling.ts'
import type { ProvisionedConcurrency, Scaled } from '../../ports/concurrency.ts'
import { keepOperation } from '../history/keep-operation.ts'
import { awaitProvisioned } from '../provisioned/await-provisioned.ts'
import { requireOwnAliasProvisioned } from '../release-only/require-own.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { deregisterCommand, provisionCommand } from './commands.ts'
import { type FoundScaling, findScaling, type Moving, planMoving } from './scaling-plan.ts'

export interface AutoscaleOptions {
  /** `none` ends the scaling. */
  wanted: WantedScaling | 'none'
  /** Changes nothing. */
  dryRun: boolean
  /** Called at each look with the number of ready environments. */
  onProgress: (progress: ProvisionedConcurrency) => void
}

export interface AutoscaleResult {
  function: string
  lambdaName: string
  alias: string
  /** Null: it was not scaled. */
  before: Scaled | null
  /** Null: it is not scaled. In a dry run the wanted scaling. */
  after: WantedScaling | Scaled | null
  moves: Moving
  /** The environments that the alias keeps after the end of its scaling; 0: none. */
  left: number
  /** The commands that put back what was before, ready for a shell. */
  undo: string[]
  /** True if nothing was changed. */
  dryRun: boolean
}

/**
 * Has Application Auto Scaling keep the provisioned environments of the alias between two bounds, by their utilization
 * and by schedules; or ends that. Sets exactly the given schedules; policies and schedules of others are left alone.
 *
 * @throws LambdactlError USAGE for a function of another tool, and beyond the limits; CONFLICT during a release, and for an
 * end that would take policies or schedules of others away
 */
export async function autoscale(
  run: Run,
  target: Target,
  { wanted, dryRun, onProgress }: AutoscaleOptions,
): Promise<AutoscaleResult> {
  await requireOwnAliasProvisioned(run, target)
  const found = await findScaling(run, target)
  const { scaled, concurrency } = found
  const named = { function: target.function, lambdaName: target.lambdaName, alias: target.alias, dryRun }
  const before = { before: scaled ?? null, left: 0, moves: {} }
  const resource = { lambdaName: target.lambdaName, qualifier: target.alias }
  if (wanted === 'none') {
    if (scaled) requireOwn(target, scaled)
    if (!dryRun && scaled) {
      await run.aws.scaling.deregister(resource)
      await keepOperation(run, target, { kind: 'autoscaled', to: null })
    }
    const left = concurrency.provisioned.find(({ qualifier }) => qualifier === target.alias)?.requested ?? 0
    return { ...named, ...before, left, after: null, undo: scaled ? [commandOf(target, scaled)] : [] }
  }
  const moves = planMoving(target, found, wanted)
  const undo = undoOf(target, found, moves)
  if (dryRun) return { ...named, ...before, moves, after: wanted, undo }
  await move(run, target, moves)
  await scale(run, resource, wanted, scaled)
  const { min, max, utilization } = wanted
  await keepOperation(run, target, { kind: 'autoscaled', to: { min, max, utilization } })
  if (moves.toAlias !== undefined) await awaitProvisioned(run, target, target.alias, onProgress)
  const now = (await run.aws.scaling.scaled(target.lambdaName)).find(
    ({ qualifier }) => qualifier === target.alias,
  )
  return { ...named, ...before, moves, after: now ?? wanted, undo }
}

/** Lambda refuses environments of an alias beside those of its version, so these go first. */
async function move({ aws }: Run, target: Target, { fromVersion, toAlias }: Moving): Promise<void> {
  if (fromVersion) await aws.concurrency.unprovision(target.lambdaName, fromVersion.version)
  if (toAlias === undefined) return
  try {
    await aws.concurrency.provision(target.lambdaName, target.alias, toAlias)
  } catch (error) {
    throw fromVersion ? lostEnvironments(target, fromVersion, error) : error
  }
}

/** Its version has no environments any more, so the error says how they come back. */
function lostEnvironments(
  target: Target,
  { version, amount }: NonNullable<Moving['fromVersion']>,
  thrown: unknown,
): LambdactlError {
  const { code, message, next } = asLambdactlError(thrown)
  const text = `${message} Version ${version} has lost its ${counted(amount, 'provisioned environment')}, and ${target.alias} got none.`
  const back = `To give them back to the version: ${provisionCommand(target, version, amount)}`
  return new LambdactlError(code, text, { next: [back, ...next], cause: thrown })
}

/** The end of the scaling takes all its policies and schedules away, and only lambdactl's can be put back. */
function requireOwn(target: Target, { policies, schedules }: Scaled): void {
  const others = [
    ...policies.filter(({ name }) => name !== policyName),
    ...schedules.filter(({ name }) => !name.startsWith(schedulePrefix)),
  ].map(({ name }) => name)
  if (others.length === 0) return
  throw new LambdactlError(
    'CONFLICT',
    `Others scale ${target.alias} of ${target.lambdaName} too, and the end of its scaling would take this away: ${others.join(', ')}.`,
    {
      next: [
        `End it in the tool that made them, or with all of them: ${deregisterCommand(target, target.alias)}`,
      ],
    },
  )
}

async function scale(
  { aws: { scaling } }: Run,
  resource: { lambdaName: string; qualifier: string },
  wanted: WantedScaling,
  scaled: Scaled | undefined,
): Promise<void> {
  await scaling.register(resource, wanted)
  await scaling.track(resource, { name: policyName, utilization: wanted.utilization })
  for (const name of obsoleteSchedules(scaled?.schedules ?? [], wanted))
    await scaling.unschedule(resource, name)
  for (const { name, ...at } of wanted.schedules)
    await scaling.schedule(resource, { name: schedulePrefix + name, ...at })
}

function undoOf(target: Target, { scaled, concurrency }: FoundScaling, { fromVersion }: Moving): string[] {
  if (scaled) return [commandOf(target, scaled)]
  const end = [commandFor(target, 'concurrency autoscale', 'none')]
  const had = concurrency.provisioned.find(({ qualifier }) => qualifier === target.alias)?.requested
  if (!fromVersion) return [...end, commandFor(target, 'concurrency provision', String(had ?? 'none'))]
  return [
    ...end,
    commandFor(target, 'concurrency provision', 'none'),
    provisionCommand(target, fromVersion.version, fromVersion.amount),
  ]
}

/** The command that sets a scaling of ours again. */
function commandOf(target: Target, { min, max, policies, schedules }: Scaled): string {
  const utilization = policies.find(({ name }) => name === policyName)?.utilization
  const ours = schedules.filter(({ name }) => name.startsWith(schedulePrefix))
  const [timezone] = ours.flatMap((at) => at.timezone ?? [])
  return commandFor(
    target,
    'concurrency autoscale',
    '--min',
    String(min),
    '--max',
    String(max),
    ...(utilization === undefined ? [] : ['--target', String(Math.round(utilization * 100))]),
    ...ours.flatMap(({ name, schedule, min: least = min, max: most = max }) => [
      '--schedule',
      shellWord(scheduleWords({ name: name.slice(schedulePrefix.length), schedule, min: least, max: most })),
    ]),
    ...(timezone === undefined ? [] : ['--timezone', shellWord(timezone)]),
  )
}
