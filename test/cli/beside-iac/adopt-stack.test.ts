import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ForeignFunction } from '../adopted.ts'
import { runTo } from '../cli.ts'
import { operationOf } from '../operation.ts'
import { startProxy } from '../proxy.ts'
import { useSandbox } from '../sandbox.ts'
import { answering, temporaryFolder, writeFiles } from '../service.ts'
import { ctrlC, startOnTerminal } from '../terminal.ts'

const sandbox = useSandbox()
const region = { AWS_REGION: 'eu-west-1' }

/** A function as CloudFormation makes it. */
async function inStack(stack: string, logicalId: string, lambdaName: string, tags = {}) {
  const Tags = {
    'aws:cloudformation:stack-name': stack,
    'aws:cloudformation:logical-id': logicalId,
    ...tags,
  }
  const made = new ForeignFunction(sandbox(), lambdaName)
  const Environment = { Variables: { TOKEN: 'hush' } }
  return made.create([{ name: 'index.mjs', content: answering(logicalId) }], { Tags, Environment })
}

async function emptyPlace() {
  return sandbox().place({ folder: await temporaryFolder() }, region)
}

const written = async (folder: string) => readFile(join(folder, 'lambdactl.yaml'), 'utf8')
const functionsIn = async (folder: string) =>
  Object.keys((parse(await written(folder)) as { functions: object }).functions)

test('a stack is taken on by one command, and the next deploy only makes the missing alias', async () => {
  const pay = await inStack('shop-prod', 'Pay1A2B3C4D', 'shop-prod-Pay1A2B3C4D-7Yj3kQ9z')
  await pay.alias('live', await pay.publish())
  await inStack('shop-prod', 'Mail', 'shop-prod-Mail-Xy12Ab34')
  await inStack('shop-prod', 'Report', 'shop-report-prod')
  await inStack('other', 'Other', 'other-Other-1234abcd')
  const place = await emptyPlace()
  const init = ['init', '--from-stack', 'shop-prod', '--env', 'prod']
  const adopted = await runTo(0, init, place)
  expect(adopted.stdout).toContain(
    'adopted shop-prod-Pay1A2B3C4D-7Yj3kQ9z, version 1, as Pay, its code alone; it belongs to the CDK stack shop-prod\n',
  )
  expect(adopted.stderr).toContain('These have no alias yet: Mail, report.')
  expect(await written(place.cwd)).toBe(`# yaml-language-server: $schema=./lambdactl.schema.json

service: shop
functions:
  Mail:
    name: shop-prod-Mail-Xy12Ab34
  Pay:
    name: shop-prod-Pay1A2B3C4D-7Yj3kQ9z
  report: {}
environments:
  prod:
    region: eu-west-1
    account: "000000000000"
    alias: live
    manages: code
`)
  const first = await runTo(0, ['deploy', '--env', 'prod'], place)
  expect(first.stdout).toContain('Pay: nothing to deploy, live is on version 1\n')
  expect(first.stdout).toContain('Mail: version 1 has 100% of live\n')
  const operations: string[] = []
  const proxy = await startProxy(sandbox().url, (_, message) => {
    operations.push(operationOf(message))
    return 'passes'
  })
  const asked = { ...place, env: { ...place.env, AWS_ENDPOINT_URL: proxy.url } }
  const again = await runTo(0, init, asked)
  expect(operations.filter((each) => /GetFunction|ListAliases/.test(each))).toEqual([])
  expect(again.stdout).toContain('lambdactl.yaml has Mail, Pay, report already\n')
  const before = await written(place.cwd)
  await inStack('shop-prod', 'Late', 'shop-prod-Late-0a1b2c3d')
  const later = await runTo(0, [...init, '--json'], place)
  expect(JSON.parse(later.stdout)).toMatchObject({
    functions: [{ function: 'Late', manages: 'code', owner: 'the CloudFormation stack shop-prod' }],
    known: ['Mail', 'Pay', 'report'],
    undeployed: [],
    left: [],
  })
  expect(await written(place.cwd)).toBe(
    before.replace('  report: {}\n', '  report: {}\n  Late:\n    name: shop-prod-Late-0a1b2c3d\n'),
  )
})

test('the same functions of another stack get only their names in the new environment', async () => {
  await inStack('two-prod', 'Pay', 'two-prod-Pay-aaaa1111')
  await inStack('two-dev', 'Pay', 'two-dev-Pay-bbbb2222')
  const place = await emptyPlace()
  await runTo(0, ['init', '--from-stack', 'two-prod', '--env', 'prod'], place)
  await runTo(0, ['init', '--from-stack', 'two-dev', '--env', 'dev'], place)
  expect(parse(await written(place.cwd))).toMatchObject({
    functions: { Pay: { name: 'two-prod-Pay-aaaa1111' } },
    environments: {
      prod: {},
      dev: { manages: 'code', functions: { Pay: { name: 'two-dev-Pay-bbbb2222' } } },
    },
  })
  const deployed = await runTo(0, ['deploy', '--env', 'dev'], place)
  expect(deployed.stdout).toBe('Pay: version 1 has 100% of live\n')
})

test('functions are found by a tag, chosen by name, and called as a person says', async () => {
  await inStack('tagged', 'One', 'tagged-One-1111aaaa', { team: 'payments' })
  await inStack('tagged', 'Two', 'tagged-Two-2222bbbb', { team: 'payments' })
  const place = await emptyPlace()
  await writeFiles(place.cwd, { 'src/index.mjs': answering('its sources') })
  const init = ['init', '--from-tag', 'team=payments', '--env', 'prod']
  const several = await runTo(2, [...init, '--as', 'pay'], place)
  expect(several.stderr).toContain('Expected one function with --as, got 2.')
  const none = await runTo(4, [...init, '--function', 'Three'], place)
  expect(none.stderr).toContain('One (tagged-One-1111aaaa), Two (tagged-Two-2222bbbb)')
  await runTo(0, [...init, '--function', 'Two', '--as', 'pay', '--source', join(place.cwd, 'src')], place)
  expect(parse(await written(place.cwd))).toMatchObject({
    functions: { pay: { name: 'tagged-Two-2222bbbb', source: 'src' } },
  })
  const deployed = await runTo(0, ['deploy', '--env', 'prod'], place)
  expect(deployed.stdout).toBe('pay: version 1 has 100% of live\n')
})

test('a function that is only named is taken as code where its tags tell of another tool', async () => {
  await inStack('mixed', 'Owned', 'mixed-owned')
  await new ForeignFunction(sandbox(), 'mixed-free').create([
    { name: 'index.mjs', content: answering('free') },
  ])
  const place = await emptyPlace()
  await runTo(0, ['init', '--from', 'mixed-owned', '--from', 'mixed-free', '--env', 'prod'], place)
  expect(parse(await written(place.cwd))).toMatchObject({
    functions: { 'mixed-owned': { manages: 'code' }, 'mixed-free': { source: 'functions/mixed-free' } },
    environments: { prod: { role: 'arn:aws:iam::000000000000:role/legacy' } },
  })
  const whole = await emptyPlace()
  const all = ['init', '--from-stack', 'mixed', '--manages', 'function', '--env', 'prod']
  await runTo(0, all, whole)
  expect(parse(await written(whole.cwd))).toMatchObject({
    functions: { 'mixed-owned': { source: 'functions/mixed-owned', environment: { TOKEN: 'hush' } } },
  })
  expect((await runTo(4, ['init', '--from-stack', 'gone', '--env', 'prod'], place)).stderr).toContain(
    'The stack gone does not exist here.',
  )
})

test('at a terminal a person chooses from a list, and Ctrl-C writes nothing', async () => {
  await inStack('listed', 'Alpha', 'listed-Alpha-1111aaaa')
  await inStack('listed', 'Beta', 'listed-Beta-2222bbbb')
  const place = await emptyPlace()
  const init = ['init', '--from-stack', 'listed', '--env', 'prod']
  const left = startOnTerminal(init, place)
  await left.says(/2 {2}Beta \(listed-Beta-2222bbbb\)/)
  await left.says(/Enter takes all/)
  left.type(ctrlC)
  expect(await left.ended).toMatchObject({ exitCode: 130 })
  await expect(written(place.cwd)).rejects.toThrow('ENOENT')
  const chosen = startOnTerminal(init, place)
  await chosen.says(/Enter takes all/)
  chosen.type('3\r')
  await chosen.says(/Expected numbers from 1 to 2/)
  chosen.type('2\r')
  expect(await chosen.ended).toMatchObject({ exitCode: 0 })
  expect(await functionsIn(place.cwd)).toEqual(['Beta'])
})

test('a function of an output that is not deployed is named and left out', async () => {
  await inStack('out', 'There', 'out-there')
  const place = await emptyPlace()
  await writeFiles(place.cwd, {
    'template.json': JSON.stringify({
      Resources: {
        There: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'out-there', Code: {} } },
        Later: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'out-later', Code: {} } },
      },
    }),
  })
  const adopted = await runTo(0, ['init', '--from', 'template.json', '--env', 'prod'], place)
  expect(adopted.stderr).toContain('Later is left out, since it is not deployed')
  expect(await functionsIn(place.cwd)).toEqual(['out-there'])
  const unnamed = await runTo(2, ['init', '--env', 'prod'], await emptyPlace())
  expect(unnamed.stderr).toContain('Expected the functions to take on, got none. There are ')
  expect(unnamed.stderr).toContain('out-there')
})
