import { LambdactlError } from '../../errors/error.ts'
import type { WantedTrigger } from '../../function/triggers/wanted.ts'
import type { TriggerDifference } from '../../operation/triggers/wanted/difference.ts'
import { commandFor, type Run, type Target } from '../run/run.ts'
import { compareTriggers } from './compare.ts'
import type { TriggerProblem } from './context.ts'

/** The triggers of the file as AWS has them, in words. */
export interface FileTriggers {
  /** Those that differ; the next `deploy` applies them. */
  differences: TriggerDifference[]
  /** Those that can't be applied. */
  problems: TriggerProblem[]
  /** The reason why they were not compared; absent if they were. */
  unknown?: string
}

/** The triggers of a function in the file, when they are needed; undefined without any. */
export type ReadTriggers = (() => readonly WantedTrigger[] | undefined) | undefined

/**
 * Compares the triggers of the file with AWS, for commands that only show them: a source that can't be read does not
 * end the command. Changes nothing.
 *
 * @returns undefined if the file has no `triggers` for the function
 */
export async function compareFileTriggers(
  run: Run,
  target: Target,
  read: ReadTriggers,
  isAliasThere: boolean,
): Promise<FileTriggers | undefined> {
  try {
    const triggers = read?.()
    if (!triggers) return undefined
    const { works, problems } = await compareTriggers(run, target, { triggers }, isAliasThere)
    return { differences: works.flatMap(({ differences }) => differences), problems }
  } catch (error) {
    if (!(error instanceof LambdactlError) || error.kind !== 'user') throw error
    return { differences: [], problems: [], unknown: error.message }
  }
}

/** The commands that make the triggers those of the file. */
export function waysToFile(target: Target, file: FileTriggers | undefined): string[] {
  if (!file) return []
  const { differences, problems } = file
  const deploy =
    differences.length > 0 ? [`To make them as in the file: ${commandFor(target, 'deploy')}`] : []
  return [...problems.flatMap(({ next }) => next), ...deploy]
}
