import { execFileSync, spawn } from 'node:child_process'
import { devNull } from 'node:os'
import { expect } from 'vitest'
import { watched } from '../cli/cli.ts'

/** Where a client runs, and what it is told of the sandbox. */
export interface ClientPlace {
  cwd: string
  env: NodeJS.ProcessEnv
}

/**
 * Returns why a client's tests can't run here, and prints it; undefined if the client is there.
 *
 * @param command a program with arguments that end at once with 0 where it is installed
 */
export function whyMissing(client: string, [program, ...args]: readonly [string, ...string[]]) {
  try {
    execFileSync(program, args, { stdio: 'pipe' })
    return undefined
  } catch (error) {
    return skipped(client, String(error).split('\n')[0] ?? '')
  }
}

/** Prints and returns why a client's tests are skipped. */
export function skipped(client: string, reason: string): string {
  process.stderr.write(`Skipped the tests with ${client}: ${reason}\n`)
  return reason
}

/** The variables of a client: nothing of this machine's AWS settings, and the sandbox for every service. */
export function clientVariables(endpoint: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:AWS|TF)_|_proxy$/i.test(name))
  return {
    ...Object.fromEntries(own),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: endpoint,
  }
}

/** Starts a client; it does not outlive its test. */
export function startClient(program: string, args: readonly string[], { cwd, env }: ClientPlace) {
  return watched(spawn(program, args, { cwd, env }))
}

/** Runs a client to its end, which must be 0, and returns what it printed. */
export async function runClient(program: string, args: readonly string[], place: ClientPlace) {
  const { exitCode, stdout, stderr } = await startClient(program, args, place).ended
  expect(exitCode, `${program} ${args.join(' ')}\n${stdout}\n${stderr}`).toBe(0)
  return stdout
}
