import { copyFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useSandbox } from '../cli/sandbox.ts'
import { folder } from '../packaging/folder.ts'
import { handlerZip, zipOf } from '../sandbox/lambda/zip.ts'
import { clientVariables, runClient, skipped, startClient, whyMissing } from './programs.ts'
import { mirrorSettings } from './terraform/provider-mirror.ts'

const mirror = mirrorSettings()
const isMissing =
  whyMissing('Terraform', ['terraform', 'version']) ??
  (mirror === undefined ? skipped('Terraform', 'its AWS provider is in no usual folder') : undefined)

const sandbox = useSandbox()

test.skipIf(isMissing !== undefined)(
  'Terraform makes, changes and destroys a function with all that belongs to it, and each plan after that is empty',
  async () => {
    await using terraform = await terraformFolder()
    await terraform.run(['init'])
    await terraform.apply({})
    expect(await sandbox().alias('shop')).toMatchObject({ version: '1', weights: {} })
    expect(await terraform.isPlanEmpty({})).toBe(true)

    const changed = {
      code: 'two.zip',
      layer: 'prices-two.zip',
      retention: '14',
      batch: '6',
      threshold: '2',
      weight: '0.25',
    }
    await terraform.apply(changed)
    expect(await sandbox().alias('shop')).toMatchObject({ version: '1', weights: { 2: 0.25 } })
    expect(await terraform.isPlanEmpty(changed)).toBe(true)

    expect(await terraform.run(['destroy', '-auto-approve', ...variables(changed)])).toContain(
      'Destroy complete! Resources: 19 destroyed.',
    )
    await expect(sandbox().versions('shop')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  },
  240_000,
)

/** A folder with the plan and its packages. */
async function terraformFolder() {
  const place = await folder({ 'cli.tfrc': mirror ?? '' })
  await copyFile(join(import.meta.dirname, 'terraform/shop.tf'), join(place.path, 'shop.tf'))
  for (const text of ['one', 'two']) {
    await writeFile(join(place.path, `${text}.zip`), handlerZip(text))
    await writeFile(join(place.path, `prices-${text}.zip`), layerZip(text))
  }
  const env = {
    ...clientVariables(sandbox().url),
    TF_CLI_CONFIG_FILE: join(place.path, 'cli.tfrc'),
    TF_IN_AUTOMATION: '1',
  }
  const run = (args: readonly string[]) =>
    runClient('terraform', [...args, '-no-color'], { cwd: place.path, env })
  return {
    run,
    apply: (values: Values) => run(['apply', '-auto-approve', ...variables(values)]),
    /** Shows the plan where it is not. */
    async isPlanEmpty(values: Values) {
      const args = ['plan', '-detailed-exitcode', '-no-color', ...variables(values)]
      const { exitCode, stdout, stderr } = await startClient('terraform', args, { cwd: place.path, env })
        .ended
      expect(exitCode, `${stdout}\n${stderr}`).toBe(0)
      return true
    },
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  }
}

type Values = Readonly<Record<string, string>>

function variables(values: Values): string[] {
  return Object.entries(values).flatMap(([name, value]) => ['-var', `${name}=${value}`])
}

function layerZip(text: string): Uint8Array {
  return zipOf([{ name: 'nodejs/prices.mjs', content: `export const prices = '${text}'\n` }])
}
