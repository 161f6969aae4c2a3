import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { expectExit, functionsOf, run } from './cli.ts'
import { temporaryFolder, writeFiles } from './service.ts'
import { variables } from './variables.ts'

let folder = ''

const configuration = `service: shop
functions:
  fails: &node {source: node, runtime: nodejs24.x, handler: index.handler, build: ["false"]}
  gone: {source: gone, runtime: nodejs24.x, handler: index.handler}
  unnamed: {source: node, runtime: nodejs24.x, handler: index.main}
  nowhere: {source: node, runtime: nodejs24.x, handler: other.handler, bundle: false}
  poetry: {source: poetry, runtime: python3.13, handler: app.handler}
  foreign: {source: foreign, runtime: provided.al2023}
  roleless: {source: node, runtime: nodejs24.x, handler: index.handler, memory: 1}
environments:
  test: {region: eu-west-1, endpoint: "http://127.0.0.1:9", role: "arn:aws:iam::000000000000:role/app"}
  far: {region: eu-west-1, endpoint: "http://example.org", role: "arn:aws:iam::000000000000:role/app"}
  trusted: {region: eu-west-1, endpoint: "https://example.org", role: "arn:aws:iam::000000000000:role/app"}
  placeless: {endpoint: "http://127.0.0.1:9", role: "arn:aws:iam::000000000000:role/app"}
`
const valid = configuration.replace(/^ {2}roleless.*\n/m, '')

beforeEach(async () => {
  folder = await temporaryFolder()
  await writeFiles(folder, {
    // The usual file is another service.
    'lambdactl.yaml': 'service: usual\nfunctions: {usual: {source: usual}}\nenvironments: {}\n',
    'conf/other.yaml': valid.replaceAll(/source: (\w+)/g, 'source: ../$1'),
    'conf/wrong.yaml': configuration,
    'conf/empty.yaml': valid.replace(/^environments:[^]*/m, 'environments: {}\n'),
    'node/index.mjs': 'export const handler = () => 1\n',
    'poetry/app.py': 'def handler(event, context): return 1\n',
    'poetry/pyproject.toml': '[tool.poetry.dependencies]\nrequests = "*"\n',
    'foreign/bootstrap': Buffer.from('cffaedfe0c00000100000000', 'hex'),
  })
})

async function outputOf(args: string, file = 'conf/other.yaml', cwd = folder): Promise<string> {
  const finished = await run([...args.split(' '), '--config', file], { cwd, env: variables(folder) })
  expectExit(finished, finished.exitCode === 0 ? 1 : (finished.exitCode ?? 0))
  return finished.stderr
}

describe('with another configuration file, its name is in the next step', () => {
  test.each([
    ['package fails', 'or correct build: in conf/other.yaml;'],
    ['package gone', 'Correct source: in conf/other.yaml.'],
    ['package unnamed', 'or correct handler: in conf/other.yaml'],
    ['package nowhere', 'Correct handler: in conf/other.yaml'],
    ['package poetry', 'requirements: false in conf/other.yaml.'],
    ['package foreign', 'correct architecture: in conf/other.yaml.'],
    ['package --out api.zip', 'lambdactl package --config conf/other.yaml FUNCTION --out FILE.'],
    ['status --env far', 'Correct endpoint: in conf/other.yaml.'],
    ['status --env trusted', 'trust the file: lambdactl trust --config conf/other.yaml.'],
    ['status --env placeless', 'Give the environment a region in conf/other.yaml'],
    ['rollback --env test', 'there are fails, gone, unnamed, nowhere, poetry, foreign'],
  ])('%s', async (args, step) => {
    const stderr = await outputOf(args)
    expect(stderr).toContain(step)
    expect(stderr).not.toMatch(/(?<!\/)lambdactl\.yaml|usual/)
  })

  test('where the file itself is wrong', async () => {
    const stderr = await outputOf('package', 'conf/wrong.yaml')
    expect(stderr).toContain('conf/wrong.yaml:9:')
    expect(stderr).toContain('→ Correct it in conf/wrong.yaml, then run the command again.')
    expect(await outputOf('package', 'conf/empty.yaml')).toContain('conf/empty.yaml has no environment.')
  })
})

test.each([
  ['shop.yml', ''],
  ['shop [prod].yml', '*.txt\n'],
  ['deploy/prod.yaml', ''],
  ['lambdactl.yaml', ''],
])('the file itself, %s, stays out of a package of all', async (name, rules) => {
  const source = name.includes('/') ? '..' : '.'
  const fn = `{source: ${source}, runtime: nodejs24.x, handler: index.handler, bundle: false}`
  await writeFiles(folder, {
    [`all/${name}`]: `service: all\nfunctions: {api: ${fn}}\nenvironments: {test: {role: "arn:aws:iam::000000000000:role/app"}}\n`,
    'all/index.js': 'exports.handler = () => 1\n',
    'all/.lambdactlignore': rules,
  })
  const place = { cwd: join(folder, 'all'), env: variables(folder) }
  const finished = await run(['package', '--json', '--config', name], place)
  expectExit(finished, 0)
  expect(functionsOf(finished)).toMatchObject([{ files: 1, notes: [expect.stringContaining(name)] }])
})

test('a file that was found in a folder above is named by its whole path', async () => {
  const below = join(folder, 'node/below')
  await mkdir(below)
  await writeFiles(folder, { 'lambdactl.yaml': valid })
  const finished = await run(['package', 'gone'], { cwd: below, env: variables(folder) })
  expectExit(finished, 2)
  expect(finished.stderr).toContain(`Correct source: in ${folder}/lambdactl.yaml.`)
})

test('init --from names the file that it would write, and not one in the current folder', async () => {
  const args = ['init', 'new', '--from', 'hello', '--env', 'prod', '--endpoint-url', 'http://127.0.0.1:9']
  const finished = await run(args, { cwd: folder, env: variables(folder) })
  expectExit(finished, 2)
  expect(finished.stderr).toContain('Give the environment a region in new/lambdactl.yaml')
})
