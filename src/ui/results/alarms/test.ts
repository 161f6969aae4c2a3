import chalk from 'chalk'
import { durationWords } from '../../../release/values/duration.ts'
import type { AlarmsTest, TestedAlarm } from '../../../workflows/alarms/test.ts'
import { count } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { formatMoment } from '../../text/time.ts'

/** A test of alarms for a person, with the proof that each part is. */
export function alarmsTestText({ function: name, lambdaName, alias, alarms }: AlarmsTest): string {
  const hasFired = alarms.some(({ fired }) => fired)
  return [
    `${chalk.bold(name)} ${chalk.dim(`(${lambdaName}:${alias})`)}`,
    ...alarms.flatMap(alarmLines),
    ...(hasFired
      ? [
          '  the test proves that an alarm informs those it should; only real data prove that a fault makes it fire',
        ]
      : []),
  ].join('\n')
}

function alarmLines(tested: TestedAlarm): string[] {
  return [
    `  ${plainLine(tested.name)}`,
    `    real data: ${evidenceText(tested)}`,
    ...firedLines(tested).map((line) => `    ${line}`),
  ]
}

function evidenceText({ evidence, threshold = 0 }: TestedAlarm): string {
  if (evidence === null) return 'lambdactl can not compute the values of this alarm'
  const { periodMs, values, breaching, worst } = evidence
  if (!worst) return 'no value in the last 24 h, so nothing shows that it can fire'
  const against = `the worst was ${rounded(worst.value)} at ${formatMoment(worst.time)}, limit ${threshold}`
  const minutes = periodsText(values, periodMs)
  return breaching === 0
    ? `${minutes} of the last 24 h have values, none beyond the limit: ${against}`
    : `${breaching} of ${minutes} with values in the last 24 h are beyond the limit: ${against}`
}

/** As in `3 minutes` and `1 period of 5 min`. */
function periodsText(values: number, periodMs: number): string {
  return periodMs === 60_000
    ? count(values, 'minute')
    : `${count(values, 'period')} of ${durationWords(periodMs)}`
}

function firedLines({ condition, fired, informs }: TestedAlarm): string[] {
  if (condition === 'ALARM') return [`${chalk.red('it fires now')}, so the test left it as it is`]
  if (!fired) return [informs.length === 0 ? nobody : `it would inform ${informs.map(plainLine).join(', ')}`]
  if (informs.length === 0) return [`test: it went to ALARM and back to ${condition}; ${nobody}`]
  const result = fired.succeeded
    ? chalk.green('all of its actions were carried out')
    : chalk.red(`not all of its ${informs.length} actions were carried out`)
  return [
    `test: it went to ALARM and back to ${condition}; ${result}`,
    ...fired.actions.map((summary) => `  ${plainLine(summary)}`),
  ]
}

const nobody = 'it has no actions that are on, so it informs nobody'

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
