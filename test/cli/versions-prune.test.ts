import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { ForeignFunction } from './adopted.ts'
import { runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'
import { startOnTerminal } from './terminal.ts'

const sandbox = useSandbox()

/** Two releases, then versions by hand. */
async function withVersions(service: Service, byHand: number) {
  const place = await sandbox().deployFirst(service)
  await service.writeHandler(answering('two'))
  await runTo(0, ['deploy', '-e', 'test'], place)
  const foreign = new ForeignFunction(sandbox(), service.lambdaName)
  for (let made = 0; made < byHand; made += 1) {
    await foreign.updateSettings({ Description: `by hand ${made}` })
    await foreign.publish()
  }
  return place
}

test('a prune shows what goes and why the rest stays, asks, deletes, and leaves the way back', {
  timeout: 300_000,
}, async () => {
  const service = await makeService()
  const place = await withVersions(service, 6)
  const { lambda } = sandbox()
  const FunctionName = service.lambdaName
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      Qualifier: '4',
      StatementId: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    }),
  )
  await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: `${FunctionName}:5`,
      EventSourceArn: 'arn:aws:sqs:eu-west-1:000000000000:orders',
    }),
  )
  await lambda.send(
    new PutProvisionedConcurrencyConfigCommand({
      FunctionName,
      Qualifier: '6',
      ProvisionedConcurrentExecutions: 1,
    }),
  )
  const prune = ['versions', 'prune', 'hello', '-e', 'test', '--keep', '1']

  const dry = await runTo(0, [...prune, '--dry-run'], place)
  expect(dry.stdout).toMatch(/^hello \(\S+\): 8 versions, 2 go, \d+ B\n {2}go +3, 7$/m)
  for (const because of [
    '8 .* one of the newest',
    '6 .* has provisioned concurrency',
    '5 .* an event source mapping invokes it',
    '4 .* has a resource policy of its own',
    String.raw`2 .* live points to it \(100%\)`,
    '1 .* on the way back of live',
  ])
    expect(dry.stdout).toMatch(new RegExp(`^ +stays ${because}`, 'm'))
  expect(dry.stdout).toMatch(/of the account's \S+ k?B of code would be free; Lambda stores at most 80\.5 GB/)

  const unasked = await runTo(2, prune, place)
  expect(unasked.stderr).toContain('lambdactl did not delete 2 versions of hello')
  expect(unasked.stderr).toContain('lambdactl versions prune --yes hello -e test --keep 1')
  expect(await sandbox().versions(FunctionName)).toHaveLength(8)

  const done = await runTo(0, [...prune, '--yes', '--json'], place)
  const document = JSON.parse(done.stdout) as { codeStorage: { before: number; after: number } }
  expect(document).toMatchObject({
    functions: [
      {
        function: 'hello',
        gone: [{ version: '3' }, { version: '7' }],
        done: { deleted: ['3', '7'], spared: [], failed: [], left: [] },
      },
    ],
    place: { region: 'eu-west-1' },
  })
  expect(document.codeStorage.after).toBeLessThan(document.codeStorage.before)
  expect(await sandbox().versions(FunctionName)).toEqual(['1', '2', '4', '5', '6', '8'])

  const again = await runTo(0, [...prune, '--yes'], place)
  expect(again.stdout).toContain('6 versions, none goes')
  await runTo(0, ['rollback', 'hello', '-e', 'test'], place)
  await sandbox().expectAlias(FunctionName, '1')
})

test("in a function of another tool, that tool's versions stay", async () => {
  const service = await makeService()
  const theirs = new ForeignFunction(sandbox(), service.lambdaName)
  await theirs.create([{ name: 'index.mjs', content: answering('theirs') }])
  for (const text of ['by Terraform', 'by Terraform again', 'and again']) {
    await theirs.updateSettings({ Description: text })
    await theirs.publish()
  }
  const codeOnly = `service: shop
functions: { hello: { manages: code, name: ${service.lambdaName}, source: hello } }
environments: { test: { region: eu-west-1 } }
`
  await service.write({ 'lambdactl.yaml': codeOnly })
  const prune = ['versions', 'prune', 'hello', '-e', 'test', '--keep', '1', '--yes']
  const { stdout } = await runTo(0, prune, sandbox().place(service))
  expect(stdout).toContain('3 versions, none goes')
  expect(stdout).toMatch(/stays 1 .* another tool published it/)
  expect(await sandbox().versions(service.lambdaName)).toHaveLength(3)
})

test('in a protected environment its name has to be typed; all functions have to be meant', {
  timeout: 300_000,
}, async () => {
  const service = await makeService()
  const place = await withVersions(service, 2)
  await service.writeEnvironment('protected: true, account: "000000000000"')
  const unnamed = await runTo(2, ['versions', 'prune', '-e', 'test'], place)
  expect(unnamed.stderr).toContain('No function was named.')
  const prune = ['versions', 'prune', '--all-functions', '-e', 'test', '--keep', '1']
  for (const [typed, left] of [
    ['y', 4],
    ['test', 3],
  ] as const) {
    const running = startOnTerminal(prune, place)
    await running.says(/Really delete 1 version of hello\? Type test to go on:/)
    running.type(`${typed}\r`)
    await running.ended
    expect(await sandbox().versions(service.lambdaName)).toHaveLength(left)
  }
})

test('Ctrl-C ends it, and says which versions were deleted and which are left', {
  timeout: 300_000,
}, async () => {
  const service = await makeService()
  const place = await withVersions(service, 3)
  sandbox().leaveKey(place)
  await runTo(0, ['sandbox', 'fault', 'latency', 'DeleteFunction', '--by', '60s'], place)
  const running = start(
    ['versions', 'prune', 'hello', '-e', 'test', '--keep', '1', '--yes', '--verbose'],
    place,
  )
  await running.says(/GetAccountSettings[^]*GetPolicy[^]*GetPolicy/)
  running.child.kill('SIGINT')
  const { exitCode, stdout, stderr } = await running.ended
  expect(exitCode).toBe(130)
  expect(stdout).toMatch(/hello: 0 versions deleted\n {2}left +3-4: not tried, or no answer yet\n/)
  expect(stderr).toContain('Interrupted: the versions that are named above were deleted.')
  await runTo(0, ['sandbox', 'fault', 'clear'], place)
  expect(await sandbox().versions(service.lambdaName)).toEqual(['1', '2', '3', '4', '5'])
})
