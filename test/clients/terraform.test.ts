import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useSandbox } from '../cli/sandbox.ts'
import { handlerZip, zipOf } from '../sandbox/lambda/zip.ts'
import { terraformFolder, whyNoTerraform } from './terraform/terraform-folder.ts'

const sandbox = useSandbox()

test.skipIf(whyNoTerraform !== undefined)(
  'Terraform makes, changes and destroys a function with all that belongs to it, and each plan after that is empty',
  async () => {
    await using terraform = await shop()
    await terraform.apply()
    expect(await sandbox().alias('shop')).toMatchObject({ version: '1', weights: {} })
    expect(await terraform.plan()).toBeUndefined()

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
    expect(await terraform.plan(changed)).toBeUndefined()

    expect(await terraform.destroy(changed)).toContain('Destroy complete! Resources: 19 destroyed.')
    await expect(sandbox().versions('shop')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  },
  240_000,
)

/** A folder with the plan and its packages. */
async function shop() {
  const packages = ['one', 'two'].map(
    (text): Record<string, Buffer> => ({
      [`${text}.zip`]: Buffer.from(handlerZip(text)),
      [`prices-${text}.zip`]: Buffer.from(layerZip(text)),
    }),
  )
  const plan = await readFile(join(import.meta.dirname, 'terraform/shop.tf'), 'utf8')
  return terraformFolder(sandbox().url, { 'shop.tf': plan, ...packages[0], ...packages[1] })
}

function layerZip(text: string): Uint8Array {
  return zipOf([{ name: 'nodejs/prices.mjs', content: `export const prices = '${text}'\n` }])
}
