import { describe, expect, test } from 'vitest'
import type { FoundFunction } from '../../../src/iac/found-function.ts'
import { samProperties } from '../../../src/iac/sources/sam/properties.ts'
import { readSamTemplate } from '../../../src/iac/sources/sam/template.ts'
import { serverlessProperties } from '../../../src/iac/sources/serverless/properties.ts'
import { readServerlessFile } from '../../../src/iac/sources/serverless/service-file.ts'

/** The intrinsic functions of 465 public templates, and the others of CloudFormation's language. */
const intrinsics: Readonly<Record<string, unknown>> = {
  Ref: 'Table',
  'Fn::Sub': '${Table}-x',
  'Fn::GetAtt': ['Table', 'Arn'],
  'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }],
  'Fn::Join': ['-', ['a', { Ref: 'Stage' }]],
  'Fn::Select': [0, { 'Fn::Split': [',', { Ref: 'All' }] }],
  'Fn::Split': [',', { Ref: 'All' }],
  'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'],
  'Fn::ImportValue': 'shared',
  'Fn::Transform': { Name: 'Own' },
  'Fn::ToJsonString': { a: 1 },
  'Fn::Length': [1, 2],
  'Fn::Base64': 'text',
}

const short = (name: string, argument: unknown) => `!${name.replace('Fn::', '')} ${JSON.stringify(argument)}`
const long = (name: string, argument: unknown) => JSON.stringify({ [name]: argument })

const head = ['Resources:', '  Pay:', '    Type: AWS::Serverless::Function']
const sam = (text: string): FoundFunction | undefined =>
  readSamTemplate({ text, path: '/shop/template.yaml', shownAs: 'template.yaml' })?.functions[0]

/** Tells whether a value is named with its line, and taken nowhere. */
function isNamed(found: FoundFunction | undefined, line: number): boolean {
  const isTaken = /Fn::|"Ref"|\{\{resolve|\[object|\$\{(?:self|opt|sls|file|param|cf)/.test(
    JSON.stringify([found?.fields, found?.lambdaName, found?.aliases, found?.source]),
  )
  const lines = [...(found?.left ?? []), ...(found?.toAlias?.flatMap(({ triggers }) => triggers) ?? [])]
  return !isTaken && lines.some((each) => each.line === line)
}

describe('a property of SAM with an intrinsic function is named with its line, and not taken', () => {
  test.each(Object.entries(intrinsics))('%s', (name, argument) => {
    const missed = Object.keys(samProperties).filter((property) => {
      const yaml = [short, long].map((form) =>
        sam([...head, '    Properties:', `      ${property}: ${form(name, argument)}`].join('\n')),
      )
      const Properties = { [property]: { [name]: argument } }
      const Resources = { Pay: { Type: 'AWS::Serverless::Function', Properties } }
      const json = sam(JSON.stringify({ Resources }, null, 1))
      // The property stands on the fifth line of the YAML, and on the sixth of the JSON.
      return !yaml.every((found) => isNamed(found, 5)) || !isNamed(json, 6)
    })
    expect(missed).toEqual([])
  })

  test.each([
    ['Environment: {Variables: {TABLE: %}}'],
    ['VpcConfig: {SubnetIds: [subnet-1, %]}'],
    ['Layers: [%]'],
    ['Tags: {team: %}'],
    ['DeploymentPreference: {Type: Linear10PercentEvery1Minute, Alarms: [%]}'],
    ['DeploymentPreference: {Enabled: %, Type: Linear10PercentEvery1Minute}'],
    ['CodeUri: {Bucket: %, Key: pay.zip}'],
    ['EphemeralStorage: {Size: %}'],
    ['EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS, Destination: %}}}'],
    ['ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: %}'],
    ['DeadLetterQueue: {Type: SQS, TargetArn: %}'],
    ['ImageConfig: {Command: [%]}'],
  ])('below %s', (property) => {
    const missed = Object.entries(intrinsics).filter(([name, argument]) => {
      const line = `      ${property.replace('%', long(name, argument))}`
      const inGlobals = ['Globals:', '  Function:', line.slice(2), ...head]
      const own = sam([...head, '    Properties:', line].join('\n'))
      return !isNamed(own, 5) || !isNamed(sam(inGlobals.join('\n')), 3)
    })
    expect(missed.map(([name]) => name)).toEqual([])
  })

  test('a dynamic reference too, except in a variable', () => {
    const missed = Object.keys(samProperties).filter((property) => {
      const lines = [...head, '    Properties:', `      ${property}: "{{resolve:ssm:/shop/x}}"`]
      return !isNamed(sam(lines.join('\n')), 5)
    })
    expect(missed).toEqual([])
  })
})

/** Variables of the framework, and what its users write of CloudFormation's. */
const variables = [
  '${self:custom.value}',
  "${opt:stage, 'dev'}",
  'a-${sls:stage}',
  '${file(other.yml):value}',
  '${param:value}',
  '${cf:stack.Output}',
  '{Ref: Table}',
  '!GetAtt Table.Arn',
  '{"Fn::Sub": "${Table}-x"}',
  '!Join ["", [a, {Ref: Table}]]',
]

test.each(variables)(
  'a property of serverless.yml with %s is named with its line, and not taken',
  (value) => {
    // A release has no order of resources.
    const { dependsOn: _, ...properties } = serverlessProperties
    const written = value.startsWith('$') || value.startsWith('a-') ? JSON.stringify(value) : value
    const missed = Object.keys(properties).filter((property) => {
      const lines = ['service: shop', 'provider:', '  name: aws', 'functions:', '  pay:']
      const text = [...lines, `    ${property}: ${written}`].join('\n')
      const file = { text, path: '/shop/serverless.yml', shownAs: 'serverless.yml' }
      return !isNamed(readServerlessFile(file, undefined)?.functions[0], 6)
    })
    expect(missed).toEqual([])
  },
)

describe('what a variable of serverless.yml brings is not taken for plain', () => {
  const withService = (...lines: string[]) => {
    const text = [
      'service: shop',
      'provider: {name: aws, runtime: nodejs24.x}',
      ...lines,
      'functions: {pay: {handler: a.b}}',
    ]
    const file = { text: text.join('\n'), path: '/shop/serverless.yml', shownAs: 'serverless.yml' }
    return readServerlessFile(file, undefined)?.functions[0]
  }

  test.each([['plugins: ${file(plugins.yml)}'], ['plugins: [serverless-offline, "${env:PACKAGER}"]']])(
    '%s: the framework packages',
    (plugins) => {
      expect(withService(plugins)).toMatchObject({
        source: { path: '/shop/.serverless/shop.zip' },
        build: { run: ['npx', 'serverless', 'package'], in: '/shop' },
      })
    },
  )

  test('the settings of esbuild are named', () => {
    const found = withService('plugins: [serverless-esbuild]', 'custom:', '  esbuild: ${file(esbuild.yml)}')
    expect(found?.left).toContainEqual(expect.objectContaining({ what: 'esbuild', line: 5 }))
  })
})

const bySam = { source: { path: '/shop/.aws-sam/build/Pay' }, build: { run: ['sam', 'build'], in: '/shop' } }

describe('a function is built by', () => {
  test.each([
    ['esbuild', 'nodejs24.x', { source: { path: '/shop/pay' }, fields: { bundle: { minify: true } } }],
    ['nodejs22.x', 'nodejs22.x', { source: { path: '/shop/pay' }, fields: { bundle: false } }],
    ['python3.13', 'python3.13', { source: { path: '/shop/pay' } }],
    ['python-uv', 'python3.13', { source: { path: '/shop/pay' } }],
    ['rust-cargolambda', 'provided.al2023', bySam],
    ['makefile', 'provided.al2023', bySam],
    ['makefile', 'nodejs24.x', { ...bySam, fields: { bundle: false } }],
    ['go1.x', 'provided.al2023', bySam],
    ['java21', 'java21', bySam],
    ['dotnet8', 'dotnet8', bySam],
    ['ruby3.3', 'ruby3.3', bySam],
    ['!If [IsProd, esbuild, makefile]', 'nodejs24.x', { ...bySam, fields: { bundle: false } }],
    ['!Ref Method', 'python3.13', { ...bySam, fields: { requirements: false } }],
  ])('BuildMethod %s for %s', (method, runtime, expected) => {
    const properties = ['    Properties:', '      CodeUri: pay', `      Runtime: ${runtime}`]
    const text = [...head, ...properties, '    Metadata:', `      BuildMethod: ${method}`].join('\n')
    expect(sam(text)).toMatchObject(expected)
  })
})
