import type { Fault } from '../../sandbox/faults/fault.ts'
import { count, formatBytes, formatElapsed } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'
import { formatMoment } from '../text/time.ts'
import { faultLine } from './sandbox-faults.ts'

/** A running sandbox of this user, as `sandbox status` shows it. */
export interface RunningSandbox {
  url: string
  port: number
  pid: number
  /** The time since which it can be reached, milliseconds since the epoch; absent for one of an older lambdactl. */
  since?: number
  /** The state folder; absent without one. */
  state?: string
  /** The log of a sandbox in the background. */
  log?: string
  /** False if it gives no answer, for example because it hangs. */
  answers: boolean
  /** In the order of Region and name; absent if it gives no answer. */
  functions?: { region: string; name: string; versions: number }[]
  /** The number of execution environments that are alive; absent if it gives no answer. */
  environments?: number
  /** The memory of the sandbox itself, without its handlers, bytes; absent if it gives no answer. */
  memoryBytes?: number
  /** How much faster than real time its clock runs; absent if it gives no answer. */
  speed?: number
  /** Its time, milliseconds since the epoch; absent if it gives no answer. */
  time?: number
  /** Absent if it gives no answer. */
  faults?: Fault[]
}

/** The running sandboxes of a user, several lines each. */
export function sandboxesText(sandboxes: readonly RunningSandbox[], now: number): string {
  if (sandboxes.length === 0)
    return 'No sandbox of yours is running. Start one: lambdactl sandbox start --detach'
  return sandboxes.map((sandbox) => sandboxText(sandbox, now).join('\n')).join('\n\n')
}

function sandboxText(sandbox: RunningSandbox, now: number): string[] {
  const { url, pid, since, state, log, ...rest } = sandbox
  const running = since === undefined ? '' : `, since ${formatMoment(since)} (${formatElapsed(now - since)})`
  return [
    `${url}  process ${pid}${running}`,
    `  state      ${state === undefined ? 'not kept, lost when it stops' : plainLine(state)}`,
    ...(log === undefined ? [] : [`  log        ${plainLine(log)}`]),
    ...clockLines(sandbox, now),
    ...functionLines(rest),
    ...memoryLines(rest),
    ...listed('faults', (rest.faults ?? []).map(faultLine)),
  ]
}

/** Nothing for a clock that shows this machine's time. */
function clockLines({ speed = 1, time }: RunningSandbox, now: number): string[] {
  const isReal = speed === 1 && Math.abs((time ?? now) - now) < ownTimeMs
  if (time === undefined || isReal) return []
  const pace = speed === 1 ? 'as fast as real time' : `${speed} times faster than real time`
  return [`  clock      ${formatMoment(time)}, ${pace}`]
}

/** The most by which the time of an answer differs from the present, milliseconds. */
const ownTimeMs = 5000

function functionLines({ answers, functions = [] }: Pick<RunningSandbox, 'answers' | 'functions'>): string[] {
  if (!answers) return ['  it does not answer: stop it with `lambdactl sandbox stop`']
  if (functions.length === 0) return ['  functions  none yet']
  return listed(
    'functions',
    functions.map(
      ({ name, region, versions }) =>
        `${plainLine(name)} (${plainLine(region)}), ${count(versions, 'version')}`,
    ),
  )
}

function memoryLines({
  environments,
  memoryBytes,
}: Pick<RunningSandbox, 'environments' | 'memoryBytes'>): string[] {
  if (environments === undefined || memoryBytes === undefined) return []
  return [`  memory     ${formatBytes(memoryBytes)}, and ${count(environments, 'environment')} of handlers`]
}

/** Lines of which the first has the title. */
function listed(title: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(9)}  ${line}`)
}
