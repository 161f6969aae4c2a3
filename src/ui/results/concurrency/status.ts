import chalk from 'chalk'
import type { ConcurrencyChange, ConcurrencyStatus } from '../../../workflows/concurrency/status.ts'
import { plainLine } from '../../text/plain.ts'
import { table } from '../../text/table.ts'

/**
 * A function's concurrency for a person, several lines.
 *
 * @param width of the terminal, in columns
 */
export function concurrencyText(
  { function: name, lambdaName, reserved, provisioned, account }: ConcurrencyStatus,
  width: number,
): string {
  const rows = [
    ['reserved', reservedText(reserved)],
    ...(provisioned.length === 0 ? ['none'] : provisioned.map(provisionedText)).map((text) => [
      'provisioned',
      text,
    ]),
    ['account', `${account.limit} concurrent executions, ${account.unreserved} of them unreserved`],
  ]
  const title = `${chalk.bold(name)} ${chalk.dim(`(${lambdaName})`)}`
  return [title, ...table(rows, [{}, { wraps: true }], { width })].join('\n')
}

/** A change with the function's concurrency after it, and the command that undoes it, several lines. */
export function changeText(made: ConcurrencyChange, width: number): string {
  const { change, undo, dryRun } = made
  const { what, qualifier, from, to } = change
  const of = qualifier === undefined ? '' : ` on ${qualifierText(qualifier)}`
  const said = `${what}${of}: ${from ?? 'none'} → ${to ?? 'none'}`
  const lines = dryRun ? [`${said} (nothing was changed)`] : [said, `  → to undo: ${undo}`]
  return [concurrencyText(made, width), ...lines].join('\n')
}

export function reservedText(reserved: number | undefined): string {
  if (reserved === undefined) return "none: it shares the account's unreserved concurrency"
  return reserved === 0 ? `0 ${chalk.red('(every invocation is throttled)')}` : String(reserved)
}

function provisionedText({
  qualifier,
  requested,
  available,
  status,
  reason,
}: ConcurrencyStatus['provisioned'][number]): string {
  return `${available} of ${requested} ready on ${qualifierText(qualifier)}, ${status}${reason ? ` (${plainLine(reason)})` : ''}`
}

export function qualifierText(qualifier: string): string {
  return /^\d+$/.test(qualifier) ? `version ${qualifier}` : `alias ${qualifier}`
}
