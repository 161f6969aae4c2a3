import chalk from 'chalk'
import type { PointResult } from '../../../workflows/triggers/point.ts'
import { plainLine } from '../../text/plain.ts'

/** Triggers that were pointed at the alias, for a person, several lines. */
export function pointText(result: PointResult): string {
  const { function: name, lambdaName, alias, mappings, there, permissions, next, undo, dryRun } = result
  const title = `${chalk.bold(name)} ${chalk.dim(`(${lambdaName})`)}`
  const count = mappings.length + permissions.length
  return [
    count === 0
      ? `${title}: nothing to point at ${alias}`
      : `${title}${dryRun ? ' (nothing was changed)' : ''}`,
    ...mappings.map(({ source, from }) => `  ${plainLine(source)}: ${from ?? '$LATEST'} → ${alias}`),
    ...there.map(({ source }) => `  ${plainLine(source)}: on ${alias} already`),
    ...permissions.map(
      ({ source, statement }) =>
        `  ${plainLine(source)} ${dryRun ? 'could' : 'may'} invoke ${alias} too: statement ${plainLine(statement)}`,
    ),
    ...next.map((step) => `  ${chalk.cyan('→')} ${plainLine(step)}`),
    ...(dryRun ? [] : undo.map((command) => `  → to undo: ${command}`)),
  ].join('\n')
}
