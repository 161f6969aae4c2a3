import chalk, { type ChalkInstance } from 'chalk'
import type { Line } from '../../logs/line.ts'
import { plain } from '../text/plain.ts'
import type { TimeTeller } from '../text/time.ts'

/** A version keeps its colour during a tail; neighbouring versions differ. */
const colours: readonly ChalkInstance[] = [chalk.cyan, chalk.magenta, chalk.yellow, chalk.green, chalk.blue]

/** `22:30:01.123+01:00 v4 8f2c1a90 message`: the first eight digits of the request id. */
export function logText({ timestamp, version, requestId, message }: Line, tellTime: TimeTeller): string {
  const colour = colours[(Number(version) || 0) % colours.length] ?? chalk.white
  const text = withoutOwnTime(plain(message))
  const body = isPlatform(text) ? chalk.dim(text) : isError(text) ? chalk.red(text) : text
  const label = version === undefined ? '' : version === '$LATEST' ? version : `v${version}`
  return `${chalk.dim(tellTime(timestamp, 'ms'))} ${colour(label.padEnd(4))} ${chalk.dim((requestId ?? '').slice(0, 8).padEnd(8))} ${body}`
}

function isPlatform(text: string): boolean {
  return /^(?:START|END|REPORT) RequestId: |^INIT_START |^\{"time":"[^"]*","type":"platform\./.test(text)
}

function isError(text: string): boolean {
  return /^\[?ERROR\]? |"level":"(?:ERROR|FATAL)"|Task timed out after/.test(text)
}

/** Node's and Python's runtimes write time and request id before the text; both have columns of their own. */
function withoutOwnTime(text: string): string {
  return text
    .replace(/^(\[\w+\]\t)?\d{4}-\d\d-\d\dT[\d:.]+Z\t[0-9a-f-]{36}\t/, '$1')
    .replace(/^(\[?\w+\]?)\t/, '$1 ')
}
