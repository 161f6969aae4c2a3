import { readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readOutput } from '../../../src/iac/read-output.ts'
import { copyOf, fixtures } from '../fixtures.ts'

const output = join(fixtures, 'cdk.out')
const nested = 'ReportsNestedStackReportsNestedStackResource6385503C'

async function functionOf(logicalId: string, region = 'eu-west-1') {
  const { functions } = await readOutput(output, 'cdk.out')
  return functions.find((fn) => fn.logicalId === logicalId && fn.region === region)
}

test('tells where a function of the CDK is deployed, what its aliases are, and where its code is', async () => {
  expect(await functionOf('Pay6F77D406')).toEqual({
    logicalId: 'Pay6F77D406',
    aliases: ['live'],
    stack: 'Shop',
    account: '123456789012',
    region: 'eu-west-1',
    source: { path: output, part: 'Shop/Pay6F77D406' },
    build: { run: ['npx', 'cdk', 'synth', '--quiet'], in: fixtures },
    left: [
      {
        what: 'Live848578DF',
        file: 'cdk.out',
        why: expect.stringContaining('moves this alias past all gates; keep it, then take it out') as string,
        isAdvice: true,
      },
    ],
  })
})

test('names what goes past the alias, or publishes, with the text for each kind of trigger', async () => {
  const copy = await copyOf('cdk.out')
  const file = join(copy, 'Shop.template.json')
  const template = JSON.parse(await readFile(file, 'utf8')) as { Resources: Record<string, object> }
  const of = { FunctionName: { 'Fn::GetAtt': ['Pay6F77D406', 'Arn'] } }
  const { Live848578DF: _, ...others } = template.Resources
  const Resources = {
    ...others,
    Queue1: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'Pay6F77D406' } } },
    Rule1: { Type: 'AWS::Lambda::Permission', Properties: of },
    OnAlias: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Elsewhere' } } },
  }
  await writeFile(file, JSON.stringify({ ...template, Resources }))
  const { functions } = await readOutput(copy, 'cdk.out')
  const { left, toAlias } = functions.find((fn) => fn.logicalId === 'Pay6F77D406') ?? {}
  expect(left).toMatchObject([
    { what: expect.stringMatching(/^PayCurrentVersion/) as string, isAdvice: true },
  ])
  expect(toAlias?.map(({ triggers, text }) => [triggers.map(({ what }) => what), text])).toEqual([
    [
      ['Queue1'],
      "lambda.Alias.fromAliasAttributes(this, 'PayLiveMappings', { aliasName: 'live', aliasVersion: fn.latestVersion })",
    ],
    [
      ['Rule1'],
      "lambda.Function.fromFunctionAttributes(this, 'PayLive', { functionArn: `${fn.functionArn}:live`, sameEnvironment: true })",
    ],
  ])
})

test('names the nested stack of a function, and the path of a stack whose name is not the only one', async () => {
  expect(await functionOf('ReportC847FC22')).toMatchObject({
    stack: 'Shop',
    nested: [nested],
    source: { part: `Shop/${nested}/ReportC847FC22` },
  })
  expect(await functionOf('Pay6F77D406', 'us-east-1')).toMatchObject({
    stack: 'shop-prod',
    account: '210987654321',
    source: { part: 'Prod-us-east-1/Shop/Pay6F77D406' },
  })
})

test('leaves an image, inline code and code in S3 to $LATEST', async () => {
  const inline = await functionOf('Inline6CF80F9D')
  expect(inline).toMatchObject({ lambdaName: 'Shop-inline' })
  for (const fn of [inline, await functionOf('Image9D742C96'), await functionOf('FromBucket6AEC0055')]) {
    expect(fn).toMatchObject({ left: [{ what: 'Code', file: 'cdk.out' }] })
    expect(fn).not.toHaveProperty('source')
    expect(fn).not.toHaveProperty('build')
  }
})

test("leaves the CDK's own functions out, and names them", async () => {
  const { tool, functions, left } = await readOutput(output, 'cdk.out')
  expect(tool).toBe('CDK')
  expect(functions).toHaveLength(7)
  expect(left).toEqual([
    {
      what: 'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8aFD4BFC8A',
      file: 'cdk.out',
      why: 'it is a function of the CDK itself, and belongs to no release',
    },
  ])
})

test('synthesizes where the cdk.json is, into the same folder', async () => {
  const copy = await copyOf('cdk.out')
  const app = dirname(copy)
  await writeFile(join(app, 'cdk.json'), '{}')
  await rename(copy, join(app, 'synthesized'))
  const { functions } = await readOutput(join(app, 'synthesized'), 'synthesized')
  expect(functions[0]?.build).toEqual({
    run: ['npx', 'cdk', 'synth', '--quiet', '--output', 'synthesized'],
    in: app,
  })
})

test('ends at an output whose stage or nested stack is itself', async () => {
  const own = [
    [
      'manifest.json',
      { artifacts: { Self: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } } },
    ],
    [
      'Shop.template.json',
      {
        Resources: {
          Self: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'Shop.template.json' } },
        },
      },
    ],
  ] as const
  for (const [file, content] of own) {
    const copy = await copyOf('cdk.out')
    expect(await readFile(join(copy, file), 'utf8')).not.toBe('')
    await writeFile(join(copy, file), JSON.stringify(content))
    await expect(readOutput(copy, 'cdk.out')).rejects.toThrow('one of them probably contains itself')
  }
})

test('quotes nothing of a file that is no JSON, which may be any file of this machine', async () => {
  const copy = await copyOf('cdk.out')
  await writeFile(join(copy, 'Shop.template.json'), 'hunter2\n')
  const refused = readOutput(copy, 'cdk.out')
  await expect(refused).rejects.toThrow(/Shop\.template\.json can't be read: it is no JSON/)
  await expect(refused).rejects.not.toThrow('hunter2')
})
