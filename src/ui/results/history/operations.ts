import chalk from 'chalk'
import type { PastOperation } from '../../../operation/history/past-operations.ts'
import { count, formatBytes } from '../../text/figures.ts'
import { plainLine } from '../../text/plain.ts'
import { withTimes } from '../../text/time.ts'
import { saysWho, shortArn } from './who.ts'

/** The cells of an operation, in the columns of a release after its time. */
export function operationCells(operation: PastOperation): string[] {
  const { kind, ended, by } = operation
  const hasFailed = kind === 'destroy' && operation.failed !== undefined
  const outcome = ended === undefined ? chalk.yellow('unfinished') : hasFailed ? chalk.red('failed') : ''
  return ['', kind, extentOf(operation), outcome, '', by === undefined ? '' : `by ${shortArn(by)}`, '']
}

/** The lines below them: who it was for, why, and what was done. */
export function operationNotes(operation: PastOperation): string[] {
  const { actor } = operation
  const reason = 'reason' in operation ? withTimes(operation.reason) : ''
  const notes = [actor ? saysWho(actor) : '', reason, detailsOf(operation)]
  return notes.filter((text) => text !== '').map((text) => `    ${chalk.dim(plainLine(text))}`)
}

/** `50 → 10`; other facts are too long for a column. */
function extentOf(operation: PastOperation): string {
  if (operation.kind !== 'reserve' && operation.kind !== 'provision') return ''
  return `${operation.from ?? 'none'} → ${operation.to ?? 'none'}`
}

function detailsOf(operation: PastOperation): string {
  switch (operation.kind) {
    case 'stop':
      return beforeWords(operation.before)
    case 'pause':
      return operation.mappings.map(({ source }) => source).join(', ')
    case 'prune':
      return pruneWords(operation)
    case 'destroy':
      return destroyWords(operation)
    case 'provision':
      return `of ${/^\d+$/.test(operation.qualifier) ? 'version ' : ''}${operation.qualifier}`
    case 'autoscale': {
      const { to } = operation
      return to ? `${to.min} to ${to.max} environments, ${Math.round(to.utilization * 100)}% busy` : 'none'
    }
    case 'point':
      return `${count(operation.mappings, 'mapping')}, ${count(operation.permissions, 'permission')}`
    case 'triggers': {
      const { added, changed, removed } = operation
      return listed({ added, changed, removed })
    }
    case 'ensure': {
      const { made, changed, removed } = operation
      return listed({ made, changed, removed })
    }
    default:
      return ''
  }
}

/** `before: 50 reserved, 5 provisioned on version 41`. */
function beforeWords({ reserved, provisioned }: Extract<PastOperation, { kind: 'stop' }>['before']): string {
  const given = [
    reserved === null ? 'nothing reserved' : `${reserved} reserved`,
    ...provisioned.map(({ qualifier, amount }) => `${amount} provisioned on ${qualifier}`),
  ]
  return `before: ${given.join(', ')}`
}

function pruneWords(prune: Extract<PastOperation, { kind: 'prune' }>): string {
  const { planned, deleted, failed = 0, left = 0, spared = 0 } = prune
  if (!deleted) return `${count(planned.versions, 'version')} of ${formatBytes(planned.bytes)} were to go`
  return [
    `${count(deleted.versions, 'version')} of ${formatBytes(deleted.bytes)}`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(left > 0 ? [`${left} left`] : []),
    ...(spared > 0 ? [`${spared} in use again`] : []),
  ].join(', ')
}

function destroyWords(destroy: Extract<PastOperation, { kind: 'destroy' }>): string {
  const { ended, versions, deleted, alarms = [], scaling = [], triggers = [], logGroup, failed } = destroy
  if (ended === undefined) return `the function with ${count(versions, 'version')} was to go`
  return listed({
    'took away': deleted ? [`the function with ${count(versions, 'version')}`] : [],
    triggers,
    alarms,
    'scaling of': scaling,
    'log group': logGroup === undefined ? [] : [logGroup],
    'failed:': failed === undefined ? [] : [failed],
  })
}

/** `made a, b; removed c`. */
function listed(parts: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(parts)
    .flatMap(([word, names]) => (names.length > 0 ? [`${word} ${names.join(', ')}`] : []))
    .join('; ')
}
