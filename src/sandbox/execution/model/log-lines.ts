import { createHash } from 'node:crypto'
import { partitionOf } from '../../../function/values/partition.ts'
import { defaultLogGroup, type FunctionFacts } from './function-facts.ts'

/** The type of an environment's start, as AWS_LAMBDA_INITIALIZATION_TYPE names it. */
export type InitializationType = 'on-demand' | 'provisioned-concurrency'

/** The figures of a REPORT line; durations in milliseconds, memory in MB. */
export interface Report {
  requestId: string
  /** `error`: the function reported an error; `failure`: its runtime ended. */
  status: 'success' | 'error' | 'failure' | 'timeout'
  errorType?: string | undefined
  durationMs: number
  /** Only for the invocation that started its environment. */
  initMs?: number | undefined
  maxMemoryMb: number
}

/** The log stream of a new environment; it has the function's name if the group is not the function's own. */
export function logStreamName(facts: FunctionFacts, id: string, now: number): string {
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '/')
  const prefix = facts.logGroup === defaultLogGroup(facts.name) ? '' : facts.name
  return `${day}/${prefix}[${facts.version}]${id}`
}

/** The first line of a log stream; none if the system log level excludes it. */
export function initStartLines(facts: FunctionFacts, type: InitializationType, now: number): string[] {
  const runtimeVersion = facts.runtime.replace(/^([a-z]+)\.?(.*?)(\.x)?$/, '$1:$2.v1')
  const runtimeArn = `arn:${partitionOf(facts.region)}:lambda:${facts.region}::runtime:${createHash('sha256').update(runtimeVersion).digest('hex')}`
  return pick(facts, 'INFO', {
    text: `INIT_START Runtime Version: ${runtimeVersion}\tRuntime Version ARN: ${runtimeArn}`,
    json: platform(now, 'initStart', {
      initializationType: type,
      phase: 'init',
      runtimeVersion,
      runtimeVersionArn: runtimeArn,
      functionName: facts.name,
      functionVersion: facts.version,
    }),
  })
}

/** Written only for a failed INIT phase. */
export function initReportLines(
  facts: FunctionFacts,
  type: InitializationType,
  failed: { durationMs: number; status: 'error' | 'timeout'; errorType: string },
  now: number,
): string[] {
  const { durationMs, status, errorType } = failed
  const cause = status === 'timeout' ? '' : `\tError Type: ${errorType}`
  return pick(facts, 'WARN', {
    text: `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms\tPhase: init\tStatus: ${status}${cause}`,
    json: platform(now, 'initReport', {
      initializationType: type,
      phase: 'init',
      status,
      errorType,
      metrics: { durationMs: round(durationMs) },
    }),
  })
}

export function startLines(facts: FunctionFacts, requestId: string, now: number): string[] {
  return pick(facts, 'INFO', {
    text: `START RequestId: ${requestId} Version: ${facts.version}`,
    json: platform(now, 'start', { requestId, functionArn: facts.arn, version: facts.version }),
  })
}

/** END and REPORT in the Text format, `platform.report` in JSON. */
export function reportLines(facts: FunctionFacts, report: Report, now: number): string[] {
  const level = report.status === 'success' ? 'INFO' : 'WARN'
  if (facts.logFormat === 'Text') return [`END RequestId: ${report.requestId}`, textReport(facts, report)]
  return pick(facts, level, { text: '', json: jsonReport(facts, report, now) })
}

function textReport(facts: FunctionFacts, report: Report): string {
  const fields = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${billedMs(report)} ms`,
    `Memory Size: ${facts.memoryMb} MB`,
    `Max Memory Used: ${report.maxMemoryMb} MB`,
  ]
  if (report.initMs !== undefined) fields.push(`Init Duration: ${report.initMs.toFixed(2)} ms`)
  if (report.status === 'timeout') fields.push('Status: timeout')
  if (report.status === 'failure') fields.push('Status: error', `Error Type: ${report.errorType}`)
  // Lambda ends this line with a tab.
  return `${fields.join('\t')}\t`
}

function jsonReport(facts: FunctionFacts, report: Report, now: number): string {
  const { requestId, status, errorType, initMs } = report
  return platform(now, 'report', {
    requestId,
    metrics: {
      durationMs: round(report.durationMs),
      billedDurationMs: billedMs(report),
      memorySizeMB: facts.memoryMb,
      maxMemoryUsedMB: report.maxMemoryMb,
      ...(initMs === undefined ? {} : { initDurationMs: round(initMs) }),
    },
    status,
    ...(errorType === undefined || status === 'success' ? {} : { errorType }),
  })
}

/** Since August 2025 Lambda also bills the INIT phase of on-demand environments. */
function billedMs(report: Report): number {
  return Math.max(1, Math.ceil(report.durationMs + (report.initMs ?? 0)))
}

/** The line in the function's log format, unless its system log level excludes it. */
export function pick(
  facts: FunctionFacts,
  level: 'INFO' | 'WARN',
  line: { text: string; json: string },
): string[] {
  if (facts.logFormat === 'Text') return [line.text]
  return level === 'INFO' && facts.systemLogLevel === 'WARN' ? [] : [line.json]
}

/** A line of the platform in JSON. */
export function platform(now: number, type: string, record: object): string {
  return JSON.stringify({ time: new Date(now).toISOString(), type: `platform.${type}`, record })
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
