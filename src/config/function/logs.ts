import * as z from 'zod'
import { LambdactlError } from '../../errors/error.ts'
import type { LogRetention } from '../../function/attachments/attachments.ts'
import { awsDefaults } from '../../function/settings/rows.ts'
import type { FunctionSettings } from '../../function/settings/settings.ts'
import { text } from '../values/fields.ts'
import type { Position } from '../values/position.ts'

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export const systemLogLevels = ['debug', 'info', 'warn'] as const

/** The retentions that CloudWatch Logs accepts in days, by PutRetentionPolicy's reference. */
export const retentions: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

const retentionsInDays = retentions.map((days) => `${days}d`)
const retentionSchema = z.enum(
  ['never', ...retentionsInDays],
  `never, or one of ${retentionsInDays.join(', ')}`,
)

const { application: usualLevel, system: usualSystemLevel } = awsDefaults.logLevels

/** `logs` as the file writes it. */
export const logsSchema = z.strictObject({
  format: z.enum(['text', 'json']).optional().describe('Default: text.'),
  level: z
    .enum(logLevels)
    .optional()
    .describe(`The lowest level of the function's lines, with format json. Default: ${usualLevel}.`),
  systemLevel: z
    .enum(systemLogLevels)
    .optional()
    .describe(`The lowest level of Lambda's own lines, with format json. Default: ${usualSystemLevel}.`),
  group: text("a log group's name").optional().describe('Default: /aws/lambda/<name>.'),
  retention: retentionSchema
    .optional()
    .describe(
      'The time for which the log group keeps its events, as in 30d, or never to keep them for ever. Left out: as it is.',
    ),
})

type WrittenLogs = z.output<typeof logsSchema>

/**
 * The settings of a function's logs with `${…}` replaced.
 *
 * @throws LambdactlError CONFIG_INVALID for levels with the plain text format
 */
export function logSettings(
  logs: WrittenLogs,
  lambdaName: string,
  at: Position,
): Pick<FunctionSettings, 'logLevels' | 'logGroup'> {
  const { format, level = usualLevel, systemLevel = usualSystemLevel } = logs
  const group = groupOf(logs, lambdaName, at)
  const logGroup = group === groupOf({}, lambdaName, at) ? awsDefaults.logGroup : group
  const [field, got] = level === usualLevel ? ['systemLevel', systemLevel] : ['level', level]
  if (format === 'json' || (level === usualLevel && systemLevel === usualSystemLevel))
    return { logLevels: { application: level, system: systemLevel }, logGroup }
  throw new LambdactlError(
    'CONFIG_INVALID',
    `${at.place(field)}: expected ${usualLevel}, since lines have levels only with logs.format json, got ${got}.`,
  )
}

/** The retention of a function's log group; undefined: unchanged. */
export function retentionSettings(
  logs: WrittenLogs,
  lambdaName: string,
  at: Position,
): LogRetention | undefined {
  const { retention } = logs
  if (retention === undefined) return undefined
  const days = retention === 'never' ? null : Number.parseInt(retention, 10)
  return { logGroup: groupOf(logs, lambdaName, at), days }
}

function groupOf({ group }: WrittenLogs, lambdaName: string, at: Position): string {
  return group === undefined ? `/aws/lambda/${lambdaName}` : at.fill(group, 'group')
}
