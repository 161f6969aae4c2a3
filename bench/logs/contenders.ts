import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Case } from './cases.ts'
import type { OtherClock } from './clock.ts'

/** A program that tails. */
export interface Contender {
  name: string
  /** Whether it takes part in a case. */
  takesPart: (of: Case) => boolean
  /** The command that reads the case's groups. */
  command: (of: Case, endpoint: string) => readonly string[]
}

const program = join(import.meta.dirname, '..', '..', 'bin', 'run.js')

/** The function's name in the configuration; the file is `configuration`. */
const functionName = (number: number) => `g${number}`
/** The group of a function. */
export const groupName = (number: number) => `/aws/lambda/bench-${functionName(number)}-local`

export const lambdactl: Contender = {
  name: 'lambdactl',
  takesPart: () => true,
  command: ({ backMs, forMs, groups, liveSessionMs, ...clock }) => {
    const names = Array.from({ length: groups }, (_, number) => functionName(number))
    const flags = ['--env', 'local', '--since', `${backMs / 1000}s`, ...(forMs === 0 ? ['--no-follow'] : [])]
    if (liveSessionMs !== undefined) flags.push('--live')
    return [process.execPath, ...clockArgs(clock), program, 'logs', 'tail', ...names, ...flags]
  },
}

const awsCli: Contender = {
  name: 'aws logs tail',
  takesPart: ({ clockAheadMs, groups, liveSessionMs, rate }) =>
    groups === 1 && clockAheadMs === 0 && liveSessionMs === undefined && rate === 1,
  command: ({ backMs, forMs }, endpoint) => {
    const since = ['--since', `${backMs / 1000}s`, ...(forMs === 0 ? [] : ['--follow'])]
    // Versions before 2.13 do not read the endpoint from a variable.
    return ['aws', 'logs', 'tail', groupName(0), '--endpoint-url', endpoint, ...since]
  },
}

/** The AWS CLI takes part where it is version 2: version 1 can't tail. */
export async function peers(): Promise<readonly Contender[]> {
  const version = await promisify(execFile)('aws', ['--version']).then(
    ({ stdout }) => stdout,
    () => '',
  )
  return version.startsWith('aws-cli/2.') ? [awsCli] : []
}

/** The arguments of Node by which a program has a case's clock; a faster one is this process's own. */
function clockArgs({ clockAheadMs, rate }: Pick<Case, 'clockAheadMs' | 'rate'>): readonly string[] {
  if (rate !== 1) return process.execArgv
  return clockAheadMs === 0 ? [] : importOf({ aheadMs: clockAheadMs, rate, from: Date.now() })
}

/** The arguments of Node that load another clock before a program. */
export function importOf(clock: OtherClock): readonly string[] {
  const url = new URL('other-clock.ts', import.meta.url)
  for (const [name, value] of Object.entries(clock)) url.searchParams.set(name, String(value))
  return ['--import', url.href]
}

/** A `lambdactl.yaml` with so many functions. */
export function configuration(groups: number): string {
  const functions = Array.from(
    { length: groups },
    (_, number) => `  ${functionName(number)}: {source: code, runtime: nodejs24.x, handler: index.handler}\n`,
  )
  return `service: bench
functions:
${functions.join('')}environments:
  local: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/bench"}
`
}
