import chalk from 'chalk'
import type { AutoscaleResult } from '../../../workflows/concurrency/autoscale.ts'
import { count } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'

/** A change of scaling for a person, several lines. */
export function autoscaleText(result: AutoscaleResult): string {
  const { function: name, lambdaName, alias, before, after, moves, left, undo, dryRun } = result
  const title = `${chalk.bold(name)} ${chalk.dim(`(${lambdaName})`)}`
  const would = dryRun ? 'would be' : 'is'
  const none = before === null ? `is not scaled: nothing to do` : `${would} no longer scaled`
  return [
    `${title} ${alias} ${after === null ? none : `${would} scaled`}`,
    ...(before ? [`  before: ${scalingText(before)}`] : []),
    ...(after ? [`  ${dryRun ? 'then' : 'now'}: ${scalingText(after)}`] : []),
    ...movesText(moves, alias),
    ...(left > 0 ? [`  ${alias} keeps ${count(left, 'provisioned environment')}`] : []),
    ...(dryRun ? ['  nothing was changed'] : undo.map((command) => `  → to undo: ${command}`)),
  ].join('\n')
}

function movesText({ fromVersion, toAlias }: AutoscaleResult['moves'], alias: string): string[] {
  const from = fromVersion ? ` from version ${fromVersion.version}, which gives up ${fromVersion.amount}` : ''
  if (toAlias === undefined)
    return fromVersion ? [`  version ${fromVersion.version} gives up its environments`] : []
  return [`  ${alias} gets ${count(toAlias, 'environment')}${from}`]
}

/** Bounds, policies and schedules of a scaling, in one line. */
export function scalingText(scaling: NonNullable<AutoscaleResult['after' | 'before']>): string {
  const { min, max, schedules } = scaling
  const parts = [
    `${min} to ${count(max, 'environment')}`,
    ...policiesOf(scaling),
    ...schedules.map(
      ({ name, schedule, timezone = 'UTC', min: least, max: most }) =>
        `${plainLine(name)} ${least ?? min}-${most ?? max} by ${plainLine(schedule)} ${plainLine(timezone)}`,
    ),
    ...('suspended' in scaling && scaling.suspended ? ['suspended'] : []),
  ]
  return parts.join(', ')
}

function policiesOf(scaling: Parameters<typeof scalingText>[0]): string[] {
  if ('utilization' in scaling) return [percentText(scaling.utilization)]
  return scaling.policies.map(({ name, utilization }) =>
    utilization === undefined ? `policy ${plainLine(name)}` : percentText(utilization),
  )
}

function percentText(utilization: number): string {
  return `${Math.round(utilization * 100)}% busy`
}
