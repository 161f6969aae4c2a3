import chalk from 'chalk'
import { whoAndWhy } from '../../../operation/concurrency/stop.ts'
import type { StartResult } from '../../../workflows/concurrency/start.ts'
import type { StopResult } from '../../../workflows/concurrency/stop.ts'
import { plainLine } from '../../text/plain.ts'
import { qualifierText } from './status.ts'

/** A stop for a person, several lines: what is stopped, what was there, and how to start it. */
export function stopText({
  function: name,
  lambdaName,
  outcome,
  stop,
  before,
  undo,
  dryRun,
}: StopResult): string {
  const title = `${chalk.bold(name)} ${chalk.dim(`(${lambdaName})`)}`
  const state = dryRun ? 'would be stopped' : outcome === 'stopped' ? 'is stopped' : 'was stopped already'
  const since = outcome === 'was-stopped' ? ` ${whenText(stop)}` : ''
  return [
    `${title} ${state}${since}: ${dryRun ? 'Lambda would refuse' : 'Lambda refuses'} every invocation`,
    ...(before ? [`  before: ${keptText(before)}`] : []),
    ...undo.map((command) => `  → to start it again: ${command}`),
  ].join('\n')
}

/** A start for a person, several lines. */
export function startText({ function: name, lambdaName, outcome, made, undo, dryRun }: StartResult): string {
  const title = `${chalk.bold(name)} ${chalk.dim(`(${lambdaName})`)}`
  if (outcome === 'was-running') return `${title} is not stopped: nothing to do`
  const { reserve, provision } = made
  const reserved = reserve === undefined ? [] : [reservedText(reserve)]
  const parts = [...reserved, ...provision.map(provisionedText)]
  return [
    `${title} ${dryRun ? 'would accept' : 'accepts'} invocations again`,
    `  ${dryRun ? 'to put back' : 'put back'}: ${parts.join(', ') || 'nothing, all of it was there'}`,
    ...(undo === undefined || dryRun ? [] : [`  → to stop it again: ${undo}`]),
  ].join('\n')
}

function whenText(stop: StopResult['stop']): string {
  if (!stop) return '(by hand: nobody recorded when and why)'
  return `(${plainLine(whoAndWhy(stop))})`
}

function keptText({ reserved, provisioned }: NonNullable<StopResult['before']>): string {
  return [reservedText(reserved), ...provisioned.map(provisionedText)].join(', ')
}

function reservedText(reserved: number | null): string {
  return reserved === null ? 'no reserved concurrency' : `${reserved} reserved`
}

function provisionedText({ qualifier, amount }: { qualifier: string; amount: number }): string {
  return `${amount} provisioned on ${qualifierText(qualifier)}`
}
