import { readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runTo } from '../cli/cli.ts'
import { temporaryFolder } from '../cli/service.ts'
import { variables } from '../cli/variables.ts'
import { runClient, whyMissing } from '../clients/programs.ts'
import { templateChoices } from './choices.ts'
import { serviceWithAll } from './whole-service.ts'

const modules = join(import.meta.dirname, '../../node_modules')
const patiently = { timeout: 180_000 }

test('the functions in TypeScript have right types, and pass their unit tests', patiently, async () => {
  const cwd = await serviceWithAll('node')
  const env = variables(cwd)
  await symlink(modules, join(cwd, 'node_modules'))
  await runClient(process.execPath, [join(modules, 'typescript/bin/tsc'), '-p', cwd], { cwd, env })
  const told = await runClient(
    process.execPath,
    [join(modules, 'vitest/vitest.mjs'), 'run', '--no-color', '--silent'],
    { cwd, env },
  )
  const count = templateChoices.filter(({ runtime }) => runtime === 'node').length
  expect(told).toMatch(new RegExp(`Test Files +${count} passed`))
})

test.skipIf(whyMissing('pytest', ['python3', '-c', 'import boto3, pytest']))(
  'the functions in Python pass their unit tests',
  patiently,
  async () => {
    const cwd = await serviceWithAll('python')
    const env = variables(cwd)
    const options = ['-B', '-m', 'pytest', '-q', '-p', 'no:cacheprovider']
    expect(await runClient('python3', options, { cwd, env })).toMatch(/\d+ passed/)
  },
)

test('the shell script passes its unit test', async () => {
  const cwd = await serviceWithAll('provided')
  const env = variables(cwd)
  expect(await runClient('sh', ['test/items.sh'], { cwd, env })).toContain('5 answers are right')
})

test('an added function has its own role and event, of the service that gets it', async () => {
  const home = await temporaryFolder()
  const env = variables(home)
  await runTo(0, ['init', 'bank'], { cwd: home, env })
  const place = { cwd: join(home, 'bank'), env }
  const added = await runTo(0, ['add', 'jobs', '--template', 'sqs-worker', '--runtime', 'python'], place)
  expect(added.stderr).toContain('Next: lambdactl alarms ensure jobs --env sandbox\n')
  expect(added.stderr).toContain('Its unit test needs boto3==')
  const read = (file: string) => readFile(join(place.cwd, file), 'utf8')
  expect(await read('roles/jobs.json')).toContain('log-group:/aws/lambda/bank-jobs-sandbox:*')
  expect(await read('lambdactl.yaml')).toMatch(
    /^ {2}jobs:\n {4}source: functions\/jobs\n {4}runtime: python/m,
  )
  await runTo(0, ['add', 'worker', '--template', 'sqs-worker'], place)
  expect(await read('functions/worker/index.ts')).toContain('export async function handler')
  const refused = await runTo(2, ['add', 'x', '--template', 'sqs-worker', '--runtime', 'provided'], place)
  expect(refused.stderr).toContain('The template sqs-worker is not there for the runtime provided')
})
