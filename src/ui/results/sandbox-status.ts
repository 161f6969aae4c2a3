import { formatElapsed } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'
import { formatMoment } from '../text/time.ts'

/** A sandbox of this user that runs, as `sandbox status` shows it. */
export interface RunningSandbox {
  url: string
  port: number
  pid: number
  /** Since when it can be reached, milliseconds since the epoch; absent for one of an older lambdactl. */
  since?: number
  /** The folder that keeps what it answered; absent where nothing does. */
  state?: string
  /** The file that one in the background writes to. */
  log?: string
  /** False where it does not answer, as one that is stopped or hangs. */
  answers: boolean
  /** In the order of Region and name; absent where it does not answer. */
  functions?: { region: string; name: string }[]
}

/** The running sandboxes of a user, several lines each. */
export function sandboxesText(sandboxes: readonly RunningSandbox[], now: number): string {
  if (sandboxes.length === 0)
    return 'No sandbox of yours is running. Start one: lambdactl sandbox start --detach'
  return sandboxes.map((sandbox) => sandboxText(sandbox, now).join('\n')).join('\n\n')
}

function sandboxText({ url, pid, since, state, log, ...rest }: RunningSandbox, now: number): string[] {
  const running = since === undefined ? '' : `, since ${formatMoment(since)} (${formatElapsed(now - since)})`
  return [
    `${url}  process ${pid}${running}`,
    `  state      ${state === undefined ? 'in memory, gone when it stops' : plainLine(state)}`,
    ...(log === undefined ? [] : [`  log        ${plainLine(log)}`]),
    ...functionLines(rest),
  ]
}

function functionLines({ answers, functions = [] }: Pick<RunningSandbox, 'answers' | 'functions'>): string[] {
  if (!answers) return ['  it does not answer: end it with `lambdactl sandbox stop`']
  if (functions.length === 0) return ['  functions  none yet']
  return functions.map(
    ({ region, name }, index) =>
      `  ${index === 0 ? 'functions' : '         '}  ${plainLine(name)} (${plainLine(region)})`,
  )
}
