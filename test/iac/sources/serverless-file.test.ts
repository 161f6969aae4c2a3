import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { parseConfig } from '../../../src/config/parse.ts'
import type { FoundFunction, LeftOut } from '../../../src/iac/found-function.ts'
import { readOutput } from '../../../src/iac/read-output.ts'
import { readServerlessFile } from '../../../src/iac/sources/serverless/service-file.ts'

const directory = join(import.meta.dirname, 'fixtures')
const path = join(directory, 'serverless.yml')
const { functions, left } = await readOutput(path, 'serverless.yml')
const [pay, report, fast, moved] = functions as [FoundFunction, FoundFunction, FoundFunction, FoundFunction]

type Resources = Record<string, { Type: string; Properties?: Record<string, unknown> }>
/** Some resources of a template that osls 4.3.1 made of one function with an event of each kind. */
const packaged = JSON.parse(readFileSync(join(directory, 'packaged.json'), 'utf8')) as {
  Resources: Resources
}

function lines(all: readonly LeftOut[] = []): string[] {
  return all.map(({ what, line }) => `${line} ${what}`)
}

test('takes plain values of a function and of provider, and the defaults of the framework', () => {
  expect(pay).toMatchObject({ lambdaName: 'shop-prod-pay-order', stack: 'shop-prod', region: 'eu-west-1' })
  expect(pay.fields).toEqual({
    runtime: 'python3.13',
    handler: 'src/pay.handler',
    memory: 512,
    timeout: '20s',
    role: 'arn:aws:iam::123456789012:role/pay',
    tracing: 'active',
    logs: { retention: '14d' },
    vpc: { subnets: ['subnet-1'], securityGroups: ['sg-2'] },
    environment: { HOST: 'https://${env:HOST:-localhost}/v1', TOKEN: '${ssm:/shop/token}', PORT: '8080' },
    tags: { team: 'shop' },
    retries: 0,
    runtimeUpdates: { on: 'manual', version: 'arn:aws:lambda:eu-west-1::runtime:1' },
    requirements: false,
    include: ['**', '!serverless.yml', '!tests/**', 'shared/**', '!src/report.py'],
  })
  expect(report.fields).toMatchObject({ memory: 1024, timeout: '20s' })
  expect(report.fields).not.toHaveProperty('vpc')
})

test('names variables of the framework, and everything without a counterpart, by name and line', () => {
  expect(lines(pay.left)).toEqual([
    '38 destinations',
    '40 url',
    '19 environment.STAGE',
    '32 environment.TABLE',
    '33 environment.QUEUE',
  ])
  expect(lines(report.left)).toEqual(['48 role', '49 warmup', '19 environment.STAGE', '46 name'])
  expect(lines(fast.left)).toEqual(['54 memorySize', '19 environment.STAGE', '51 role'])
  expect(lines(left)).toEqual(['57 functions.other', '15 provider.iam'])
})

test('finds the sources, and leaves to the framework what lambdactl does not package', () => {
  expect(pay.source).toEqual({ path: directory })
  expect(moved.source).toEqual({ path: join(directory, 'dist/moved.zip') })
  expect(fast).toMatchObject({
    source: { path: join(directory, '.serverless/fast.zip') },
    build: { run: ['npx', 'serverless', 'package'], in: directory },
  })
})

test('makes fields that lambdactl.yaml accepts', () => {
  const role = 'arn:aws:iam::123456789012:role/shop'
  const entries = functions.map(({ logicalId, fields, source }) => {
    const isZip = source && 'path' in source && source.path.endsWith('.zip')
    return [logicalId, { source: isZip ? 'code.zip' : 'src', role, ...fields }]
  })
  const text = stringify({
    service: 'shop',
    functions: Object.fromEntries(entries) as Record<string, unknown>,
    environments: { prod: {} },
  })
  const config = parseConfig(text, { path: '/shop/lambdactl.yaml' })
  expect(Object.keys(config.functions)).toEqual(['pay-order', 'report', 'fast', 'moved'])
})

test('names the triggers alone until the framework has packaged them', () => {
  const [alone] = pay.toAlias ?? []
  expect(alone?.triggers.map(({ what, line }) => `${line} ${what}`)).toEqual([
    '42 events (httpApi)',
    '43 events (sqs)',
    '40 url',
  ])
  expect(alone?.text).toBe('')
  expect(alone?.why).toContain('serverless package')
})

/** The resources that still invoke the function itself. */
function reachLatest(resources: Resources): string[] {
  const toAlias = '{"Fn::Join":[":",[{"Fn::GetAtt":["PayDashorderLambdaFunction","Arn"]},"live"]]}'
  const names = Object.entries(resources).filter(([, { Properties = {} }]) =>
    JSON.stringify(Properties).replaceAll(toAlias, '').includes('PayDashorderLambdaFunction'),
  )
  return names
    .filter(([, { Properties }]) => Properties?.['Qualifier'] !== 'live')
    .map(([, { Type }]) => Type)
}

test('prints extensions with which everything that the framework made of the events invokes the alias', () => {
  const text = readFileSync(path, 'utf8')
  const found = readServerlessFile({ text, path, shownAs: 'serverless.yml' }, packaged)?.functions[0]
  const { resources } = parse(found?.toAlias?.[0]?.text ?? '') as { resources: { extensions: Resources } }
  // The framework puts each property of an extension in the place of its own.
  const extended = Object.entries(packaged.Resources).map(([name, { Type, Properties }]) => {
    return [name, { Type, Properties: { ...Properties, ...resources.extensions[name]?.Properties } }]
  })
  expect(reachLatest(packaged.Resources)).toHaveLength(13)
  expect(reachLatest(Object.fromEntries(extended) as Resources)).toEqual(['AWS::Lambda::Version'])
})

test('names maps and events that a variable brings', () => {
  const text =
    'service: shop\nprovider: {name: aws, environment: "${file(env.yml)}", vpc: "${self:custom.vpc}"}\nfunctions:\n  fn: {handler: a.b, runtime: nodejs22.x, role: "arn:aws:iam::123456789012:role/a", events: "${file(e.yml)}"}\n'
  const [fn] = readServerlessFile({ text, path, shownAs: 'serverless.yml' }, undefined)?.functions ?? []
  expect(lines(fn?.left)).toEqual(['2 environment', '2 vpc'])
  expect(fn?.toAlias?.[0]?.triggers.map(({ what }) => what)).toEqual(['events (${file(e.yml)})'])
})

test('leaves other files to other readers', () => {
  const read = (text: string) => readServerlessFile({ text, path, shownAs: 'serverless.yml' }, undefined)
  expect(read('service: shop\nprovider: google\n')).toBeUndefined()
  expect(read('Resources: {}\n')).toBeUndefined()
})
