import type { Level } from '../model/line.ts'

/** The words of loggers, Lambda's runtimes and syslog for levels. */
const words: Readonly<Record<string, Level>> = {
  trace: 'trace',
  trce: 'trace',
  finest: 'trace',
  finer: 'trace',
  verbose: 'debug',
  silly: 'debug',
  debug: 'debug',
  dbug: 'debug',
  fine: 'debug',
  config: 'debug',
  info: 'info',
  information: 'info',
  informational: 'info',
  notice: 'info',
  http: 'info',
  log: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  err: 'error',
  fail: 'error',
  severe: 'error',
  fatal: 'fatal',
  crit: 'fatal',
  critical: 'fatal',
  panic: 'fatal',
  alert: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
}

/** The numbers of pino and bunyan, from each on. */
const numbers: readonly (readonly [from: number, level: Level])[] = [
  [60, 'fatal'],
  [50, 'error'],
  [40, 'warn'],
  [30, 'info'],
  [20, 'debug'],
  [10, 'trace'],
]

/** The level that a logger means, by its word or its number; undefined for anything else. */
export function levelOf(said: unknown): Level | undefined {
  if (typeof said === 'string') return words[said.trim().toLowerCase()]
  if (typeof said !== 'number') return undefined
  return numbers.find(([from]) => said >= from)?.[1]
}
