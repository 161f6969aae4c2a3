import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Case } from './cases.ts'

/** A program that tails. */
export interface Contender {
  name: string
  /** How many groups it can read at once. */
  mostGroups: number
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
  mostGroups: 100,
  command: ({ backMs, forMs, groups }) => {
    const names = Array.from({ length: groups }, (_, number) => functionName(number))
    const flags = ['--env', 'local', '--since', `${backMs / 1000}s`, ...(forMs === 0 ? ['--no-follow'] : [])]
    return [process.execPath, program, 'logs', 'tail', ...names, ...flags]
  },
}

const awsCli: Contender = {
  name: 'aws logs tail',
  mostGroups: 1,
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
