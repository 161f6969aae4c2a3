import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { readOutput } from '../../../src/iac/read-output.ts'
import { copyOf } from '../fixtures.ts'

const template = `
Resources:
  Pay:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub "\${AWS::StackName}-pay"
      Code: {S3Bucket: !Ref Artifacts, S3Key: pay.zip}
  Report:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: nightly
      Code: {S3Bucket: artifacts, S3Key: report.zip, S3ObjectVersion: v1}
  Live:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref Report, FunctionVersion: "1", Name: live}
  Named:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref Report, FunctionVersion: "1", Name: !Ref Stage}
`

async function templateAt(name: string, text: string): Promise<string> {
  const path = join(dirname(await copyOf('sam')), name)
  await writeFile(path, text)
  return path
}

test('tells the names and aliases that a template says plainly, and leaves intrinsic functions open', async () => {
  const { tool, functions } = await readOutput(await templateAt('stack.yaml', template), 'stack.yaml')
  const why = (place: string) =>
    `the code is in S3${place}; a release takes the code that the stack gave $LATEST`
  expect({ tool, functions }).toEqual({
    tool: 'CloudFormation',
    functions: [
      { logicalId: 'Pay', left: [{ what: 'Code', file: 'stack.yaml', line: 7, why: why('') }], toAlias: [] },
      {
        logicalId: 'Report',
        lambdaName: 'nightly',
        aliases: ['live'],
        left: [
          {
            what: 'Code',
            file: 'stack.yaml',
            line: 12,
            why: why(', as s3://artifacts/report.zip?versionId=v1'),
          },
        ],
        toAlias: [],
      },
    ],
  })
})

test('names the triggers that go past the alias, and what has functions of its own', async () => {
  const others = `
  Orders:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !GetAtt Pay.Arn, EventSourceArn: !GetAtt Queue.Arn}
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      Targets:
        - {Id: report, Arn: !Sub "\${Report.Arn}"}
  Child:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: child.yaml}
`
  const { functions, left } = await readOutput(
    await templateAt('stack.yaml', template + others),
    'stack.yaml',
  )
  const told = functions.map(({ toAlias = [] }) =>
    toAlias.map(({ triggers, text }) => [triggers.map(({ what, line }) => `${line} ${what}`), text]),
  )
  expect(told).toEqual([
    [
      [
        ['22 Orders.FunctionName (AWS::Lambda::EventSourceMapping)'],
        '!Sub "${Pay.Arn}:live" # the alias has to exist: release once before',
      ],
    ],
    [[['27 Nightly.Targets[0].Arn (AWS::Events::Rule)'], "!Ref Live # the alias's ARN"]],
  ])
  expect(left).toMatchObject([{ what: 'Child', line: 28 }])
})

test('reads a stack of 200 functions without names, of JSON as of YAML', async () => {
  const ids = Array.from({ length: 200 }, (_, at) => `F${at}`)
  const Resources = Object.fromEntries(
    ids.map((id) => [id, { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: 'x' } } }]),
  )
  for (const [name, text] of [
    ['stack.json', JSON.stringify({ Resources })],
    ['stack.yaml', stringify({ Resources })],
  ] as const) {
    const { functions } = await readOutput(await templateAt(name, text), name)
    expect(functions.map(({ logicalId, lambdaName }) => [logicalId, lambdaName])).toEqual(
      ids.map((id) => [id, undefined]),
    )
  }
})

test('refuses a template that is no YAML, and takes no other file for one', async () => {
  const damaged = await templateAt('stack.yaml', `${template}  - no: map`)
  await expect(readOutput(damaged, 'stack.yaml')).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  const other = await templateAt('package.json', '{"name": "shop"}')
  await expect(readOutput(other, 'package.json')).rejects.toMatchObject({ code: 'USAGE' })
})
