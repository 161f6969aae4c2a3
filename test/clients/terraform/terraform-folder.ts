import { join } from 'node:path'
import { expect } from 'vitest'
import { folder } from '../../packaging/folder.ts'
import { clientVariables, runClient, skipped, startClient, whyMissing } from '../programs.ts'
import { mirrorSettings } from './provider-mirror.ts'

const mirror = mirrorSettings()

/** Why Terraform's tests can't run here, which is printed; undefined if they can. */
export const whyNoTerraform =
  whyMissing('Terraform', ['terraform', 'version']) ??
  (mirror === undefined ? skipped('Terraform', 'its AWS provider is in no usual folder') : undefined)

/** Values of Terraform's variables. */
export type Values = Readonly<Record<string, string>>

/** A folder with Terraform's files, initialised. */
export async function terraformFolder(endpoint: string, files: Readonly<Record<string, string | Buffer>>) {
  const place = await folder({ ...files, 'cli.tfrc': mirror ?? '' })
  const env = {
    ...clientVariables(endpoint),
    TF_CLI_CONFIG_FILE: join(place.path, 'cli.tfrc'),
    TF_IN_AUTOMATION: '1',
  }
  const run = (args: readonly string[]) =>
    runClient('terraform', [...args, '-no-color'], { cwd: place.path, env })
  /** Returns the plan's text where it changes something; undefined for an empty plan. */
  const plan = async (values: Values = {}) => {
    const args = ['plan', '-detailed-exitcode', '-no-color', ...variables(values)]
    const { exitCode, stdout, stderr } = await startClient('terraform', args, { cwd: place.path, env }).ended
    expect([0, 2], `${stdout}\n${stderr}`).toContain(exitCode)
    return exitCode === 0 ? undefined : stdout
  }
  await run(['init'])
  return {
    path: place.path,
    plan,
    apply: (values: Values = {}) => run(['apply', '-auto-approve', ...variables(values)]),
    destroy: (values: Values = {}) => run(['destroy', '-auto-approve', ...variables(values)]),
    show: () => run(['show', '-json']),
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  }
}

function variables(values: Values): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-var', `${name}=${value}`])
}
