import chalk from 'chalk'
import type { Report } from '../../logs/model/line.ts'
import type { RequestAccount, RequestStatus } from '../../logs/model/request.ts'
import { plainLine } from '../text/plain.ts'
import { durationText } from './duration.ts'

/** The share of its memory from which a function is close to the limit. */
const high = 0.9

/** The line that closes a request, in colours: `✖ 3 ms cold +59 ms 52/320 MB TypeError: payment gateway said no`. */
export function closingText(request: RequestAccount): string {
  const mark = request.status === 'ok' ? chalk.green('✔') : chalk.red('✖')
  const { took, start, memory } = figuresOf(request.report)
  const { memoryMb = 0, maxMemoryMb = 0 } = request.report ?? {}
  const memoryText = memoryMb > 0 && maxMemoryMb >= high * memoryMb ? chalk.yellow(memory) : memory
  const reason = reasonOf(request)
  const again = attemptText(request)
  return [
    mark,
    took,
    start && chalk.cyan(start),
    memoryText,
    again && chalk.yellow(again),
    reason && chalk.red(reason),
  ]
    .filter(Boolean)
    .join(' ')
}

/** The same without colours, with the status as a word: `error 3 ms cold +59 ms 52/320 MB TypeError: …`. */
export function plainClosing(request: RequestAccount): string {
  const { took, start, memory } = figuresOf(request.report)
  return [request.status, took, start, memory, attemptText(request), reasonOf(request)]
    .filter(Boolean)
    .join(' ')
}

/** `attempt 2`; empty for a first one. */
function attemptText({ attempt }: Pick<RequestAccount, 'attempt'>): string {
  return attempt === undefined ? '' : `attempt ${attempt}`
}

interface Figures {
  took: string
  /** `cold +59 ms`; empty for a warm start. */
  start: string
  memory: string
}

function figuresOf(report: Report | undefined): Figures {
  if (!report) return { took: '', start: '', memory: '' }
  const { durationMs, initMs, restoreMs, memoryMb, maxMemoryMb } = report
  const start =
    initMs !== undefined
      ? `cold +${durationText(initMs)}`
      : restoreMs !== undefined
        ? `restored +${durationText(restoreMs)}`
        : ''
  const memory = memoryMb === undefined || maxMemoryMb === undefined ? '' : `${maxMemoryMb}/${memoryMb} MB`
  return { took: durationText(durationMs), start, memory }
}

const reasons: Readonly<Record<RequestStatus, string>> = {
  running: '',
  ok: '',
  error: 'failed',
  timeout: 'timed out',
  'out-of-memory': 'out of memory',
  exit: 'the runtime exited',
  'init-failed': 'the initialisation failed',
}

/** Why a request failed, in one line; empty for one that did not. */
export function reasonOf({ status, error }: RequestAccount): string {
  if (status === 'ok' || status === 'running') return ''
  const [first = ''] = error?.text.split('\n', 1) ?? []
  if (first === '') return reasons[status]
  const isTold = status !== 'out-of-memory' && status !== 'init-failed'
  return plainLine(isTold ? first : `${reasons[status]}: ${first}`)
}
