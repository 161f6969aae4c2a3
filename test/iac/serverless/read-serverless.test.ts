import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readOutput } from '../../../src/iac/read-output.ts'
import { copyOf, fixtures } from '../fixtures.ts'

const project = join(fixtures, 'serverless')

const versions = {
  what: 'provider.versionFunctions',
  file: '.serverless',
  why: 'each deployment publishes versions of its own; set it to false',
}

test('tells the names, the stack and the packages of the functions', async () => {
  const { tool, functions, left } = await readOutput(join(project, '.serverless'), '.serverless')
  const shared = {
    stack: 'shop-dev',
    region: 'eu-west-1',
    build: { run: ['npx', 'serverless', 'package', '--stage', 'dev'], in: project },
  }
  const zip = (name: string) => ({ path: join(project, name) })
  expect({ tool, functions, left }).toEqual({
    tool: 'Serverless',
    functions: [
      {
        ...shared,
        logicalId: 'pay',
        lambdaName: 'shop-dev-pay',
        toAlias: [
          {
            why: expect.any(String) as string,
            triggers: [
              { what: 'PayEventSourceMappingSQSQueue', file: '.serverless' },
              { what: 'PayLambdaPermissionHttpApi', file: '.serverless' },
            ],
            text: expect.stringContaining('extensions:') as string,
          },
        ],
        source: zip('.serverless/pay.zip'),
      },
      {
        ...shared,
        logicalId: 'report',
        lambdaName: 'nightly-dev',
        toAlias: [],
        source: zip('.serverless/report.zip'),
      },
      // package.artifact of serverless.yml names it.
      {
        ...shared,
        logicalId: 'moved',
        lambdaName: 'shop-dev-moved',
        toAlias: [],
        source: zip('moved.zip'),
      },
    ],
    left: [versions],
  })
})

test('the page has a part of the text that points the events at the alias', async () => {
  const { functions } = await readOutput(join(project, '.serverless'), '.serverless')
  const page = await readFile(join(project, '../../../../docs/beside-iac/sources.md'), 'utf8')
  const [, block] = /```yaml\n(resources:[\s\S]*?)\n```/.exec(page) ?? []
  expect(functions[0]?.toAlias?.[0]?.text).toContain(block)
})

test("names a function that is not serverless.yml's own", async () => {
  const folder = join(await copyOf('serverless'), '.serverless')
  const file = join(folder, 'cloudformation-template-update-stack.json')
  const template = await readFile(file, 'utf8')
  await writeFile(file, template.replace('"nightly-dev"', '"shop-dev-custom-resource-existing-s3"'))
  const { functions, left } = await readOutput(folder, '.serverless')
  expect(functions.map(({ logicalId }) => logicalId)).toEqual(['pay', 'moved'])
  expect(left).toMatchObject([{ what: 'ReportLambdaFunction', file: '.serverless' }, versions])
})

test.each([
  [[], [], true],
  [['!node_modules/**'], [], true],
  [['!lambdactl.*'], [], false],
  [['!./**', 'src/**'], [], false],
  [[], ['serverless-esbuild'], false],
])(
  'one zip by the patterns %j and the plugins %j would have the files of lambdactl: %s',
  async (patterns, plugins, has) => {
    const folder = join(await copyOf('serverless'), '.serverless')
    const file = join(folder, 'serverless-state.json')
    const state = JSON.parse(await readFile(file, 'utf8')) as { service: object; package: object }
    const service = { ...state.service, initialServerlessConfig: { package: { patterns }, plugins } }
    await writeFile(file, JSON.stringify({ service, package: { ...state.package, individually: false } }))
    const { left } = await readOutput(folder, '.serverless')
    expect(left.some(({ what }) => what === 'package.patterns')).toBe(has)
  },
)
