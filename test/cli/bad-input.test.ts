import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, runTo } from './cli.ts'
import { makeService, temporaryFolder, writeFiles } from './service.ts'
import { variables } from './variables.ts'

/** Nothing listens here: whoever calls AWS before it has looked at its input shows it. */
const nowhere = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }

const yaml = `service: shop
functions:
  hello: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false}
  other: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false}
environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"}
`
const good = { 'lambdactl.yaml': yaml, 'hello/index.mjs': 'export const handler = async () => 1\n' }
const changed = (from: string, to: string) => ({ ...good, 'lambdactl.yaml': yaml.replace(from, to) })

interface BadInput {
  args: string
  files?: Record<string, string>
  env?: NodeJS.ProcessEnv
  exit: number
  says: string | RegExp
  next: string | RegExp
}

test.each<[string, BadInput]>([
  [
    'no lambdactl.yaml',
    {
      args: 'status -e test',
      files: {},
      exit: 2,
      says: /There is no lambdactl\.yaml in \S+ or any folder above it/,
      next: 'lambdactl init',
    },
  ],
  [
    'a --config that is not there',
    {
      args: 'status -e test --config other.yaml',
      exit: 2,
      says: /There is no file \S+other\.yaml/,
      next: '→',
    },
  ],
  [
    'a syntax error in YAML',
    {
      args: 'status -e test',
      files: changed('functions:', 'functions: ]'),
      exit: 2,
      says: /lambdactl\.yaml:2:12/,
      next: '→',
    },
  ],
  [
    'a field that there is not',
    {
      args: 'deploy -e test',
      files: changed('bundle: false}\n  other', 'bundle: false, memry: 512}\n  other'),
      exit: 2,
      says: /lambdactl\.yaml:3:\d+ functions\.hello\.memry: there is no such field\. Did you mean memory\?/,
      next: '→',
    },
  ],
  [
    'a value that cannot be',
    {
      args: 'deploy -e test',
      files: changed('bundle: false}\n  other', 'bundle: false, timeout: 10}\n  other'),
      exit: 2,
      says: /lambdactl\.yaml:3:\d+ functions\.hello\.timeout: expected a duration from 1s to 15m.*, got 10\./,
      next: '→',
    },
  ],
  [
    'an unknown function',
    {
      args: 'rollback helo -e test',
      exit: 4,
      says: 'The service shop has no function "helo" (it has hello, other).',
      next: 'Did you mean hello?',
    },
  ],
  [
    'an unknown environment',
    {
      args: 'deploy -e tset',
      exit: 4,
      says: 'The service shop has no environment "tset" (it has test).',
      next: 'Did you mean test?',
    },
  ],
  [
    'no --env where there are several',
    {
      args: 'deploy',
      files: changed('environments:', 'environments:\n  prod: {region: eu-west-1}'),
      exit: 2,
      says: 'Expected an environment, got none; the environments are prod, test.',
      next: 'LAMBDACTL_ENV',
    },
  ],
  [
    'no function',
    {
      args: 'canary -e test',
      exit: 2,
      says: 'Expected a function, got none; there are hello, other.',
      next: 'before the flags: lambdactl canary hello -e test',
    },
  ],
  [
    'an unknown flag',
    { args: 'deploy --fast', exit: 2, says: 'There is no flag --fast.', next: '--keep-going' },
  ],
  [
    'an unknown command',
    { args: 'deplyo', exit: 2, says: 'There is no command deplyo.', next: 'Did you mean lambdactl deploy?' },
  ],
  [
    'an unknown template',
    { args: 'init new --template cobol', exit: 2, says: 'expected one of node, python', next: '→' },
  ],
  [
    'what chooses an AWS, of init without --from',
    { args: 'init new --region eu-west-1', exit: 2, says: '--from', next: '→' },
  ],
  [
    'steps and linear at once',
    {
      args: 'canary hello -e test --steps 10,50 --linear 30',
      exit: 2,
      says: 'Error: --linear cannot also be provided when using --steps.\n',
      next: '--help',
    },
  ],
  [
    'steps that fall',
    {
      args: 'canary hello -e test --steps 50,10',
      exit: 2,
      says: "The steps 50,10 can't be used: each step must be above the one before it.",
      next: '--steps 10,50',
    },
  ],
  ...['', '0,10', '100', '1e1'].map((steps): [string, BadInput] => [
    `the steps ${JSON.stringify(steps)}`,
    { args: `canary hello -e test --steps=${steps}`, exit: 2, says: 'The step', next: '--steps 10,50' },
  ]),
  [
    'a duration that is none',
    {
      args: 'canary hello -e test --every banana',
      exit: 2,
      says: 'Error: --every: Expected a duration such as 90s, 5m or 1h30m, got "banana".',
      next: '--help',
    },
  ],
  [
    'a duration that is too short',
    {
      args: 'sandbox start --lifecycle-day 999ms',
      exit: 2,
      says: 'Error: --lifecycle-day: Expected a duration such as 90s, 5m or 1h30m of at least 1s, got "999ms".',
      next: '--help',
    },
  ],
  [
    'a version that is no number',
    { args: 'rollback hello -e test --to latest', exit: 2, says: 'latest', next: 'Quote $LATEST' },
  ],
  ['the version 0', { args: 'rollback hello -e test --to 0', exit: 2, says: '0', next: 'Quote $LATEST' }],
  [
    '--out for two functions',
    {
      args: 'package --out both.zip',
      exit: 2,
      says: '--out takes one function, and 2 were chosen.',
      next: 'lambdactl package FUNCTION --out FILE',
    },
  ],
  [
    '--out into a folder that is not there',
    {
      args: 'package hello --out none/a.zip',
      exit: 2,
      says: 'Could not write the zip',
      next: 'a folder that exists',
    },
  ],
  [
    'a payload file that is not there',
    {
      args: 'invoke hello -e test --payload none.json',
      exit: 2,
      says: 'there is no file none.json',
      next: 'or give the JSON itself',
    },
  ],
  [
    'a payload that is no JSON',
    {
      args: 'invoke hello -e test --payload hello/index.mjs',
      exit: 2,
      says: "The payload must be JSON, but it can't be parsed",
      next: '--payload -',
    },
  ],
  [
    'a sandbox that does not run, and no credentials',
    {
      args: 'status -e test',
      env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
      exit: 75,
      says: 'nothing listens at 127.0.0.1:9',
      next: 'lambdactl sandbox start --detach --port 9',
    },
  ],
  [
    'a profile that is not there',
    {
      args: 'status -e test --profile nobody',
      env: { AWS_ACCESS_KEY_ID: undefined },
      exit: 3,
      says: 'has no profile nobody, which --profile names; it has none.',
      next: 'aws configure --profile nobody',
    },
  ],
  [
    'an endpoint where nothing listens',
    { args: 'status -e test', exit: 75, says: 'ECONNREFUSED', next: 'lambdactl sandbox start' },
  ],
  [
    'an endpoint that is no address',
    {
      args: 'status -e test --endpoint-url sandbox',
      exit: 2,
      says: 'Expected an http or https address',
      next: '--endpoint-url',
    },
  ],
  [
    'an account that cannot be checked',
    {
      args: 'deploy -e test',
      files: changed('{region: eu-west-1,', '{region: eu-west-1, account: "123456789012",'),
      exit: 75,
      says: 'ECONNREFUSED',
      next: '→',
    },
  ],
  [
    'no Region',
    {
      args: 'status -e test',
      files: changed('region: eu-west-1, ', ''),
      exit: 2,
      says: 'Region is missing',
      next: 'AWS_REGION',
    },
  ],
])(
  '%s is refused before anything is changed',
  async (_title, { args, files = good, env, exit, says, next }) => {
    const folder = await temporaryFolder()
    await writeFiles(folder, files)
    const place = { cwd: folder, env: variables(folder, { ...nowhere, ...env }) }
    const { stdout, stderr } = await runTo(exit, args.split(' '), place)
    expect(stdout).toBe('')
    expect(stderr.length).toBeLessThan(1500)
    expect(stderr).toMatch(says)
    expect(stderr.slice(stderr.indexOf('  →'))).toMatch(next)
  },
)

test('init into a folder that holds one of its files writes nothing', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'package.json'), 'mine')
  const place = { cwd: folder, env: variables(folder) }
  const { stderr } = await runTo(2, ['init'], place)
  expect(stderr).toContain('package.json is in')
  expect((await run(['status', '-e', 'sandbox'], place)).stderr).toContain('There is no lambdactl.yaml')
})

test('a handler that is not in the package, or does not parse, is refused without AWS', async () => {
  const service = await makeService()
  const place = { cwd: service.folder, env: variables(service.folder, nowhere) }
  await service.writeHandler('export const other = 1\n')
  expect((await runTo(2, ['package', '-e', 'test', '--no-load'], place)).stderr).toMatch(/index\.handler/)
  await service.write({
    'hello/index.ts': 'export async function handler( { return 1 }\n',
    'lambdactl.yaml': yaml.replaceAll(', bundle: false', ''),
  })
  expect((await runTo(2, ['deploy', 'hello', '-e', 'test'], place)).stderr).toMatch(/index\.ts:1:\d+/)
})
