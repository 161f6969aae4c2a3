import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { setupDiagnosis } from '../../../src/gates/doctor/setups.ts'
import type { Owner } from '../../../src/release/values/owner.ts'

/** A page without the marks of blocks that no test runs. */
function page(name: string): string {
  const text = readFileSync(join(import.meta.dirname, '../../../docs', name), 'utf8')
  return text.replaceAll('```sh aws', '```sh')
}

const names = {
  name: 'checkout',
  functionName: 'shop-checkout-prod',
  alias: 'live',
  isImage: false,
  awsCli: { program: 'aws', flags: [] },
}

const owners: [page: string, owner: Owner][] = [
  ['beside-iac/pulumi.md', { tool: 'Pulumi', tag: '' }],
  ['beside-iac/cdk.md', { tool: 'CDK', logicalId: 'CheckoutB7CD3E82', tag: '' }],
  ['beside-iac/sam.md', { tool: 'SAM', logicalId: 'CheckoutFunction', tag: '' }],
  [
    'beside-iac/cloudformation.md',
    { tool: 'CloudFormation', stack: 'shop-prod', logicalId: 'CheckoutFunction', tag: '' },
  ],
  [
    'beside-iac/serverless.md',
    { tool: 'Serverless Framework', logicalId: 'CheckoutLambdaFunction', tag: '' },
  ],
]

test.each(owners)('docs/%s has each block that doctor prints', (name, owner) => {
  const { detail, mends = [] } = setupDiagnosis(owner, { ...names, logicalId: owner.logicalId })
  expect(detail).toContain(`docs/${name}`)
  for (const { language, text } of mends) expect(page(name)).toContain(`\`\`\`${language}\n${text}\n\`\`\``)
})

test.each([
  [false, /^\| `(?:filename|s3_bucket)/],
  [true, /^\| `image_uri`/],
])('docs/beside-iac/terraform.md has the attributes that doctor ignores, of an image: %s', (isImage, row) => {
  const text = page('beside-iac/terraform.md')
  const { mends = [] } = setupDiagnosis({ tool: 'Terraform', tag: '' }, { ...names, isImage })
  const [ofCode, ofAlias] = mends.map(({ text: block }) => block.match(/\w+(?=,$)/gm) ?? [])
  const rows = text.split('\n').filter((line) => row.test(line))
  const listed = rows.flatMap((line) => /\[(?<list>.*)\]/.exec(line)?.groups?.['list']?.split(', ') ?? [])
  expect(new Set(listed)).toEqual(new Set(ofCode))
  expect(text).toContain(`ignore_changes = [${ofAlias?.join(', ')}]`)
})
