import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
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
      { logicalId: 'Pay', left: [{ what: 'Code', file: 'stack.yaml', why: why('') }] },
      {
        logicalId: 'Report',
        lambdaName: 'nightly',
        aliases: ['live'],
        left: [{ what: 'Code', file: 'stack.yaml', why: why(', as s3://artifacts/report.zip?versionId=v1') }],
      },
    ],
  })
})

test('refuses a template that is no YAML, and takes no other file for one', async () => {
  const damaged = await templateAt('stack.yaml', `${template}  - no: map`)
  await expect(readOutput(damaged, 'stack.yaml')).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  const other = await templateAt('package.json', '{"name": "shop"}')
  await expect(readOutput(other, 'package.json')).rejects.toMatchObject({ code: 'USAGE' })
})
