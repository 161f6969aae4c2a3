import chalk from 'chalk'
import type { Check } from '../../release/values/check.ts'
import type { Weight } from '../../release/values/observed.ts'
import type { RollbackResult } from '../../workflows/roll-back.ts'
import { plainLine } from '../text/plain.ts'
import { tellTimes, withTimes } from '../text/time.ts'
import { actText, saysWho, shortArn } from './history/who.ts'

/** The result of a rollback for a person: the alias's place, and the commands that undo it or go further back. */
export function rollbackText(view: RollbackResult): string {
  const { function: name, alias, version, weight, from, because, undo, next } = view
  if (because !== undefined) {
    return [
      `${name}: ${plainLine(withTimes(because))}`,
      ...next.map((step) => `  ${chalk.cyan('→')} ${step}`),
    ].join('\n')
  }
  if (view.plan) return plannedText(view, view.plan)
  const now = weight ? `with ${shareOf(weight)}; no gate watches it` : 'weights cleared'
  const before = from.weight ? `${from.version} with ${shareOf(from.weight)}` : from.version
  const line = `${name}: ${alias} is on version ${version}, ${now} (before: ${before})`
  return undo === undefined ? line : `${line}\nTo undo: ${undo}`
}

/** The place that a rollback would give the alias, why, whose release it would end, and the checks. */
function plannedText(
  view: RollbackResult,
  { why, ends, checks }: NonNullable<RollbackResult['plan']>,
): string {
  const { function: name, alias, version, weight, from, next } = view
  const place = weight ? `version ${version} with ${shareOf(weight)}` : `version ${version}, weights cleared`
  const now = from.weight ? `${from.version} with ${shareOf(from.weight)}` : from.version
  return [
    `${name}: ${alias} would go to ${place} (now: ${now})`,
    `  why   ${plainLine(why)}`,
    ...(ends ? [`  ends  ${endsWords(ends)}`] : []),
    ...checks.flatMap(checkLines),
    ...next.map((step) => `  ${chalk.cyan('→')} ${step}`),
  ].join('\n')
}

function endsWords(ends: NonNullable<NonNullable<RollbackResult['plan']>['ends']>): string {
  const { id, strategy, phase, step, steps, since, by, actor, lastAct } = ends
  const where = phase === 'shifting' ? `${phase} ${step}/${steps}` : phase
  const who = by === undefined ? '' : `, by ${shortArn(by)}`
  const claim = actor ? `, ${plainLine(saysWho(actor))}` : ''
  const act = lastAct ? `; ${actText(lastAct)}` : ''
  return `${strategy} ${id}: ${where} since ${tellTimes()(since)}${who}${claim}${plainLine(act)}`
}

const colours = { pass: chalk.green, warn: chalk.yellow, fail: chalk.red }

function checkLines({ title, outcome, detail, next = [] }: Check): string[] {
  return [
    `  ${colours[outcome](outcome)}  ${title}: ${plainLine(withTimes(detail))}`,
    ...next.map((step) => `        ${chalk.cyan('→')} ${step}`),
  ]
}

function shareOf({ version, percent }: Weight): string {
  return `${percent}% on ${version}`
}
