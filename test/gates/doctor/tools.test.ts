import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { setupDiagnosis } from '../../../src/gates/doctor/setups.ts'
import type { Owner } from '../../../src/release/values/owner.ts'
import { fixtures } from '../../iac/fixtures.ts'

type Resources = Record<string, { Type: string; DeletionPolicy?: string; Properties?: object }>

const madeBy = (tool: string) =>
  JSON.parse(readFileSync(join(fixtures, 'beside', `${tool}.json`), 'utf8')) as Record<string, Resources>

/** The lines of a recipe, without their indent. */
const recipe = (file: string) =>
  readFileSync(join(fixtures, 'recipes', file), 'utf8')
    .split('\n')
    .map((line) => line.trim())

/** Versions and aliases among resources, with their DeletionPolicy. */
const published = (resources: Resources = {}) =>
  Object.values(resources)
    .filter(({ Type }) => /::(Version|Alias)$/.test(Type))
    .map(({ Type, DeletionPolicy }) => [Type, DeletionPolicy])

const names = {
  name: 'checkout',
  functionName: 'shop',
  alias: 'live',
  isImage: false,
  awsCli: { program: 'aws', flags: [] },
}

/** The texts for a tool's sources, line by line. */
function linesFor(owner: Pick<Owner, 'tool' | 'logicalId'>): string[] {
  const { mends = [] } = setupDiagnosis({ tag: '', ...owner }, { ...names, logicalId: owner.logicalId })
  const texts = mends.filter(({ language, text }) => language !== 'sh' && !text.startsWith('!Sub'))
  return texts.flatMap(({ text }) => text.split('\n').map((line) => line.trim()))
}

const both = [
  ['AWS::Lambda::Version', 'Retain'],
  ['AWS::Lambda::Alias', 'Retain'],
]

test('CDK makes no version and no alias from its block, and keeps those that leave the stack', () => {
  const lines = linesFor({ tool: 'CDK', logicalId: 'CheckoutB7CD3E82' })
  expect(recipe('beside-cdk.mjs')).toEqual(expect.arrayContaining(lines))
  expect(lines).toContain('const liveMappings = lambda.Alias.fromAliasAttributes(')
  const { beside, handOver } = madeBy('cdk')
  expect(published(beside)).toEqual([])
  const named = Object.values(beside ?? {}).flatMap(({ Type, Properties = {} }) =>
    Type === 'AWS::Lambda::Function' ? [] : [[Type, { ...Properties }]],
  )
  expect(named).toEqual([
    [
      'AWS::Lambda::Url',
      {
        AuthType: 'AWS_IAM',
        TargetFunctionArn: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['CheckoutB7CD3E82', 'Arn'] }, ':live']] },
      },
    ],
    [
      'AWS::Lambda::EventSourceMapping',
      {
        EventSourceArn: 'arn:aws:sqs:eu-west-1:123456789012:orders',
        FunctionName: { 'Fn::Join': ['', [{ Ref: 'CheckoutB7CD3E82' }, ':live']] },
      },
    ],
  ])
  expect(published(handOver)).toEqual(both)
})

test('SAM makes no version and no alias without AutoPublishAlias, and keeps those that it made', () => {
  const lines = linesFor({ tool: 'SAM', logicalId: 'CheckoutFunction' })
  expect(recipe('beside-sam.py')).toEqual(expect.arrayContaining(lines))
  const { beside, handOver } = madeBy('sam')
  expect(published(beside)).toEqual([])
  expect(published(handOver)).toEqual(both)
})

test('the lines for SAM allow the alias that SAM never moves', () => {
  const owner = { tool: 'SAM', stack: 'shop', logicalId: 'CheckoutFunction', tag: '' } as const
  const { mends = [] } = setupDiagnosis(owner, { ...names, logicalId: owner.logicalId })
  const allowing = mends.filter(({ where }) => /expected: none, or .* AutoPublishCodeSha256/.test(where))
  expect(allowing.map(({ text }) => text.split(' ')[0])).toEqual(['aws', 'grep'])
})

test('the Serverless Framework publishes a version, unless its block is there', () => {
  expect(recipe('beside-serverless.yml')).toEqual(
    expect.arrayContaining(linesFor({ tool: 'Serverless Framework' })),
  )
  const { beside, without } = madeBy('serverless')
  expect(published(beside)).toEqual([])
  expect(published(without)).toEqual([['AWS::Lambda::Version', 'Retain']])
})

test.each([
  [false, ['filename', 's3_bucket', 's3_key', 's3_object_version', 'source_code_hash']],
  [true, ['image_uri']],
])('Terraform ignores the code, which is an image: %s, and the place of the alias', (isImage, ofCode) => {
  const { mends = [] } = setupDiagnosis({ tool: 'Terraform', tag: '' }, { ...names, name: 'pay-2', isImage })
  const ignored = mends.map(({ text }) => text.match(/^ {6}\w+(?=,$)/gm)?.map((line) => line.trim()))
  expect(ignored).toEqual([ofCode, ['function_version', 'routing_config', 'description'], undefined])
  expect(mends[0]?.text).toContain('resource "aws_lambda_function" "pay_2" {')
})
