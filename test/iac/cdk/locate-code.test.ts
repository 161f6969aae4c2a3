import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { locateCode } from '../../../src/iac/cdk/locate-code.ts'
import { copyOf, fixtures } from '../fixtures.ts'

const output = join(fixtures, 'cdk.out')
const nested = 'ReportsNestedStackReportsNestedStackResource6385503C'

async function replaceIn(file: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  const replaced = text.replaceAll(from, to)
  expect(replaced).not.toBe(text)
  await writeFile(file, replaced)
}

test('finds the asset of a function by its stack and its logical id', async () => {
  expect(await locateCode(output, 'Shop/Pay6F77D406')).toBe(join(output, 'asset.2118f5eb'))
})

test('finds a function of a nested stack', async () => {
  expect(await locateCode(output, `Shop/${nested}/ReportC847FC22`)).toBe(join(output, 'asset.a43c2c85'))
})

test('finds a function of a stage, by the path of its stack', async () => {
  const found = await locateCode(output, 'Prod-us-east-1/Shop/Pay6F77D406')
  expect(found).toBe(join(output, 'asset.1becfd4a'))
})

test('takes the name of several stacks where their code is the same, and names them where it differs', async () => {
  expect(await locateCode(output, 'shop-prod/Pay6F77D406')).toBe(join(output, 'asset.1becfd4a'))
  const copy = await copyOf('cdk.out')
  const assets = join(copy, 'assembly-Prod-us-east-1', 'Produseast1ShopFA8B1B6A.assets.json')
  await replaceIn(assets, '../asset.1becfd4a', '../asset.a43c2c85')
  const failure = locateCode(copy, 'shop-prod/Pay6F77D406')
  await expect(failure).rejects.toMatchObject({ code: 'PACKAGE_INVALID' })
  await expect(failure).rejects.toThrow(/several stacks of the name in shop-prod\/Pay6F77D406/)
  expect(await locateCode(copy, 'Prod-eu-west-1/Shop/Pay6F77D406')).toBe(join(copy, 'asset.1becfd4a'))
})

test('finds the asset without the metadata of assets, and without the key, as CDK 1 writes it', async () => {
  const copy = await copyOf('cdk.out')
  await replaceIn(join(copy, 'Shop.template.json'), 'aws:asset:path', 'left:out')
  expect(await locateCode(copy, 'Shop/Pay6F77D406')).toBe(join(copy, 'asset.2118f5eb'))
  const older = await copyOf('cdk.out')
  await replaceIn(
    join(older, 'Shop.template.json'),
    /"S3Key": "[^"]+"/g,
    '"S3Key": {"Ref": "AssetParameters"}',
  )
  expect(await locateCode(older, 'Shop/Pay6F77D406')).toBe(join(older, 'asset.2118f5eb'))
})

test('names the functions that are alike, for an id with the digits of another synth', async () => {
  await expect(locateCode(output, 'Shop/Pay00000000')).rejects.toThrow(
    `${output} has no function Shop/Pay00000000: expected one of Shop/Pay6F77D406, Prod-eu-west-1/Shop/Pay6F77D406, Prod-us-east-1/Shop/Pay6F77D406.`,
  )
})

test('tells where code is that is no asset', async () => {
  const refusal = 'is no asset that lambdactl could package: it is'
  const places = {
    FromBucket6AEC0055: 'in S3, as s3://shop-artifacts/refund/1.zip?versionId=v123',
    Inline6CF80F9D: 'in the template itself',
    Image9D742C96: 'an image',
  }
  for (const [id, place] of Object.entries(places)) {
    const expected = `The code of Shop/${id} ${refusal} ${place}.`
    await expect(locateCode(output, `Shop/${id}`)).rejects.toThrow(expected)
  }
})

test('refuses a folder that is no output, a damaged one, and an asset outside of it', async () => {
  await expect(locateCode(fixtures, 'Shop/Pay6F77D406')).rejects.toThrow('is no output of `cdk synth`')
  for (const path of ['../../../etc', '..', '/etc']) {
    const elsewhere = await copyOf('cdk.out')
    await replaceIn(join(elsewhere, 'Shop.assets.json'), 'asset.2118f5eb"', `${path}"`)
    await expect(locateCode(elsewhere, 'Shop/Pay6F77D406')).rejects.toThrow('is outside of')
  }
  const copy = await copyOf('cdk.out')
  await rm(join(copy, 'Shop.template.json'))
  await expect(locateCode(copy, 'Shop/Pay6F77D406')).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
})
