import chalk from 'chalk'
import { type PausedMapping, pauseWords } from '../../../operation/triggers/pause.ts'
import type { PauseResult } from '../../../workflows/triggers/pause.ts'
import type { ResumeResult } from '../../../workflows/triggers/resume.ts'
import { count } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'

/** A pause for a person, several lines: the mappings, and how to resume them. */
export function pauseText(result: PauseResult): string {
  const { outcome, pause, paused, undo, dryRun } = result
  const title = titleOf(result)
  if (outcome === 'none-enabled') return `${title}: no event source mapping is enabled, nothing to pause`
  const what = mappingsWords(outcome === 'was-paused' ? (pause?.mappings ?? []) : paused)
  const since = outcome === 'was-paused' && pause ? ` ${plainLine(pauseWords(pause))}` : ''
  const state = dryRun ? 'would be paused' : outcome === 'paused' ? 'paused' : 'already'
  return [
    `${title}: ${what} ${state}${since}`,
    ...paused.map(mappingLine),
    ...(dryRun ? [] : undo.map((command) => `  → to resume: ${command}`)),
  ].join('\n')
}

/** A resumption for a person, several lines. */
export function resumeText(result: ResumeResult): string {
  const { outcome, enable, on, gone, disabled, undo, dryRun } = result
  const title = titleOf(result)
  const others =
    disabled === 0 ? [] : [`  ${mappingsWords({ length: disabled })} disabled by others, and left so`]
  if (outcome === 'none-paused')
    return [`${title}: no pause is on record, nothing to do`, ...others].join('\n')
  return [
    `${title}: ${mappingsWords(enable)} ${dryRun ? 'would be resumed' : 'resumed'}`,
    ...enable.map(mappingLine),
    ...on.map((mapping) => `${mappingLine(mapping)}: was enabled already`),
    ...gone.map((mapping) => `${mappingLine(mapping)}: ${chalk.yellow('does not exist any more')}`),
    ...others,
    ...(undo === undefined || dryRun ? [] : [`  → to pause again: ${undo}`]),
  ].join('\n')
}

function titleOf({ function: name, lambdaName }: Pick<PauseResult, 'function' | 'lambdaName'>): string {
  return `${chalk.bold(name)} ${chalk.dim(`(${lambdaName})`)}`
}

function mappingsWords({ length }: Pick<readonly unknown[], 'length'>): string {
  return count(length, 'event source mapping')
}

function mappingLine({ source, uuid }: PausedMapping): string {
  return `  ${plainLine(source)} ${chalk.dim(uuid)}`
}
