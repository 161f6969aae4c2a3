import type { Diagnosis, Ways } from '../diagnosis.ts'

/** A function's log group. */
export interface FoundLogs {
  group: string
  /** Null: for ever; undefined: there is no such group. */
  days: number | null | undefined
  /** Whether lambdactl sets the retention. */
  isOurs: boolean
}

/** The advised retention in days: a month covers most questions after an incident. */
const advisedDays = 30

/** Checks that the log group does not keep its events for ever. */
export function retentionDiagnosis({ group, days, isOurs }: FoundLogs, { set, aws }: Ways): Diagnosis {
  const title = 'log retention'
  const field = 'logs.retention'
  if (days === undefined)
    return {
      title,
      outcome: 'note',
      detail: `${group} is not there yet; Lambda makes it with the first line, and keeps its events for ever`,
      field,
      ...(isOurs ? set({ logs: { retention: `${advisedDays}d` } }) : {}),
    }
  if (days !== null) return { title, outcome: 'pass', detail: `${group} keeps its events ${days} days` }
  const words = ['--log-group-name', group, '--retention-in-days', String(advisedDays)]
  return {
    title,
    outcome: 'warn',
    detail: `${group} keeps its events for ever`,
    why: 'Its storage costs more each month, and old lines keep personal data.',
    field,
    ...(isOurs
      ? set({ logs: { retention: `${advisedDays}d` } })
      : {
          mends: [
            {
              where: 'Unless another tool makes the log group',
              language: 'sh',
              text: aws('logs put-retention-policy', ...words),
            },
          ],
        }),
  }
}

/** Tells of lines without fields to filter by. */
export function logFormatDiagnosis(format: 'text' | 'json', { set }: Ways): Diagnosis {
  const title = 'log format'
  if (format === 'json') return { title, outcome: 'pass', detail: 'JSON' }
  return {
    title,
    outcome: 'note',
    detail: 'plain text: lines have no level, and can be searched only as text',
    field: 'logs.format',
    ...set({ logs: { format: 'json' } }),
  }
}
