import { formatElapsed } from '../text/figures.ts'
import { plainLine } from '../text/plain.ts'
import { formatMoment } from '../text/time.ts'

/** The facts about a running sandbox that are shown. */
export interface SandboxView {
  url: string
  pid: number
  /** Milliseconds since the epoch. */
  since?: number
  state?: string
  log?: string
  answers: boolean
  functions?: readonly { region: string; name: string }[]
}

/** The running sandboxes of a user, several lines each. */
export function sandboxesText(sandboxes: readonly SandboxView[], now: number): string {
  if (sandboxes.length === 0)
    return 'No sandbox of yours is running. Start one: lambdactl sandbox start --detach'
  return sandboxes.map((sandbox) => sandboxText(sandbox, now).join('\n')).join('\n\n')
}

function sandboxText({ url, pid, since, state, log, ...rest }: SandboxView, now: number): string[] {
  const running = since === undefined ? '' : `, since ${formatMoment(since)} (${formatElapsed(now - since)})`
  return [
    `${url}  process ${pid}${running}`,
    `  state      ${state === undefined ? 'in memory, gone when it stops' : plainLine(state)}`,
    ...(log === undefined ? [] : [`  log        ${plainLine(log)}`]),
    ...functionLines(rest),
  ]
}

function functionLines({ answers, functions = [] }: Pick<SandboxView, 'answers' | 'functions'>): string[] {
  if (!answers) return ['  it does not answer: end it with `lambdactl sandbox stop`']
  if (functions.length === 0) return ['  functions  none yet']
  return functions.map(
    ({ region, name }, index) =>
      `  ${index === 0 ? 'functions' : '         '}  ${plainLine(name)} (${plainLine(region)})`,
  )
}
