import chalk from 'chalk'
import { durationWords } from '../../../release/values/duration.ts'
import type { ConcurrencyAdvice } from '../../../workflows/concurrency/recommend.ts'
import { table } from '../../text/table.ts'

type Recommendation = NonNullable<ConcurrencyAdvice['recommendation']>
type Choice = Recommendation['choices'][number]

/**
 * An advice for a person, several lines.
 *
 * @param commandOf the command that makes a choice, for its verb and words
 */
export function adviceText(
  advice: ConcurrencyAdvice,
  width: number,
  commandOf: (verb: string, ...words: string[]) => string,
): string {
  const { function: name, lambdaName, memoryMb, architecture, region, from, until, recommendation } = advice
  const title = `${chalk.bold(name)} ${chalk.dim(`(${lambdaName})`)}`
  const rows = [
    ['observed', `the last ${durationWords(until - from)}, ${periodsText(advice)}`],
    ...(recommendation ? loadRows(recommendation) : []),
  ]
  return [
    `${title} ${memoryMb} MB, ${architecture}, ${region}`,
    ...table(rows, [{}, { wraps: true }], { width }),
    ...(recommendation ? choicesText(recommendation, width, commandOf) : []),
    ...advice.lacking.map((text) => `  ${text}`),
  ].join('\n')
}

function periodsText({ busyPeriods, periodMs }: ConcurrencyAdvice): string {
  return busyPeriods === 0
    ? 'no invocations'
    : `with invocations in ${busyPeriods} period${busyPeriods === 1 ? '' : 's'} of ${durationWords(periodMs)}`
}

function loadRows({ peak, littlesPeak, median, p90, headroom, reserve }: Recommendation): string[][] {
  const percent = Math.round(headroom * 100)
  return [
    ['peak', `${peak} concurrent executions; ${rounded(littlesPeak)} by Little's law (rate × duration)`],
    ['usual', `${rounded(median)} in half of the time, ${rounded(p90)} in nine tenths`],
    [
      'reserve',
      `${reserve}: the peak and ${percent}% head-room; a reservation costs nothing, and is a limit too`,
    ],
  ]
}

function choicesText(
  { choices, reserve }: Recommendation,
  width: number,
  commandOf: (verb: string, ...words: string[]) => string,
): string[] {
  const rows = choices.map((choice) => [
    nameOf(choice),
    choice.kind === 'on-demand' ? 'starts on demand' : `${Math.round(choice.warmShare * 100)}% warm`,
    choice.monthly === null ? 'no price' : `$${choice.monthly.toFixed(2)} a month`,
  ])
  return [
    '  choices, with the duration of all invocations, without requests and the free tier',
    ...table(rows, [{}, { align: 'right' }, { align: 'right' }], { width, indent: 4 }),
    `  → to reserve: ${commandOf('concurrency reserve', String(reserve))}`,
    ...choices.flatMap((choice) => wayOf(choice, commandOf)),
  ]
}

function nameOf({ kind, amount, most }: Choice): string {
  if (kind === 'on-demand') return 'on demand'
  return kind === 'provisioned' ? `${amount} provisioned` : `${amount} to ${most} provisioned, autoscaled`
}

function wayOf(
  { kind, amount, most }: Choice,
  commandOf: (verb: string, ...words: string[]) => string,
): string[] {
  if (kind === 'on-demand') return []
  if (kind === 'provisioned')
    return [`  → for ${amount}: ${commandOf('concurrency provision', String(amount))}`]
  const bounds = ['--min', String(amount), '--max', String(most)]
  return [`  → autoscaled: ${commandOf('concurrency autoscale', ...bounds)}`]
}

function rounded(level: number): string {
  if (level > 0 && level < 0.01) return 'under 0.01'
  return level >= 10 ? String(Math.round(level)) : String(Number(level.toPrecision(2)))
}
