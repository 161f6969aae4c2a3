import chalk from 'chalk'
import type { ConcurrencyStatus } from '../../workflows/concurrency.ts'
import { plainLine } from '../text/plain.ts'
import { table } from '../text/table.ts'

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

function reservedText(reserved: number | undefined): string {
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
  const what = /^\d+$/.test(qualifier) ? `version ${qualifier}` : `alias ${qualifier}`
  return `${available} of ${requested} ready on ${what}, ${status}${reason ? ` (${plainLine(reason)})` : ''}`
}
