import { zipOf } from '../sandbox/lambda/zip.ts'
import { clientVariables, runClient } from './programs.ts'

/** The folder and the variables with which the AWS CLI reaches a sandbox. */
export function awsCliPlace(cwd: string, url: string) {
  const more = { AWS_DISABLE_HOST_PREFIX_INJECTION: 'true', AWS_PAGER: '' }
  return { cwd, env: { ...clientVariables(url), ...more } }
}

/** Runs a command line whose arguments have no spaces; returns its JSON, or what else it prints. */
export async function runAwsCli(
  place: ReturnType<typeof awsCliPlace>,
  parts: readonly string[],
): Promise<unknown> {
  const told = await runClient('aws', parts.join(' ').split(' '), place)
  return /^[{["]/.test(told) ? (JSON.parse(told) as unknown) : told
}

/** The zip of a handler that answers with a text and its event. */
export function handler(text: string): Uint8Array {
  const content = `export const handler = async (event) => (console.log('said ${text}'), ['${text}', event])\n`
  return zipOf([{ name: 'index.mjs', content }])
}
