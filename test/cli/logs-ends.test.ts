import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { expect, test } from 'vitest'
import { afterPlace, expectExit, type Place, runTo, start } from './cli.ts'
import { beginOf, isLogRead, type Lie, startProxy } from './proxy.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()
const tail = ['logs', 'hello', '-e', 'test']

const denied: Lie = {
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: JSON.stringify({
    __type: 'AccessDeniedException',
    message: 'User: u is not authorized to perform: logs:FilterLogEvents',
  }),
}

const through = ({ cwd, env }: Place, url: string): Place => ({ cwd, env: { ...env, AWS_ENDPOINT_URL: url } })

const invoke = (place: Place, name: string, whom: string) =>
  runTo(0, ['invoke', name, '-e', 'test', '--payload', '-'], place, JSON.stringify({ name: whom }))

test('a log group that may not be read is named, the other is followed to its end, and that ends with 3', async () => {
  const service = await makeService()
  await service.writeFunction(
    'other: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: false}',
  )
  const place = await sandbox().deployFirst(service)
  const group = `/aws/lambda/${service.lambdaName.replace('-hello-', '-other-')}`
  const { url } = await startProxy(sandbox().url, async (_, message) =>
    isLogRead(message) && (await beginOf(message)).includes(group) ? denied : 'passes',
  )
  const following = start([...tail, 'other', '--exit-on', 'greeting Ann'], through(place, url))
  await following.says(new RegExp(`${group} is left out: `))
  await invoke(place, 'hello', 'Ann')
  const ended = await following.ended
  expectExit(ended, 3)
  expect(ended.stdout).toMatch(/ hello .*greeting Ann\n/)
  expect(ended.stderr).toContain(`These log groups may not be read: ${group}.`)
  expect(ended.stderr).toMatch(/→ .*logs:FilterLogEvents/)
})

test('lines that can no longer be read are told with their times, and the tail ends with 8', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const logGroupName = `/aws/lambda/${service.lambdaName}`
  const following = start([...tail, '--exit-on', 'greeting Ann'], place)
  await following.says(/greeting nobody/)
  await sandbox().logs.send(new DeleteLogGroupCommand({ logGroupName }))
  await following.says(
    new RegExp(`lines of ${logGroupName} from .* to .* are lost: the log group was deleted`),
  )
  await invoke(place, 'hello', 'Ann')
  const ended = await following.ended
  expectExit(ended, 8)
  expect(ended.stdout).toContain('greeting Ann')
  expect(ended.stderr).toMatch(/^\d+ shown, 0 late, lines missing in 1 gap$/m)
})

test('a time-out before the first answer does not end the tail as read', async () => {
  const place = await sandbox().deployFirst(await makeService())
  const { url } = await startProxy(sandbox().url, (_, { url: path = '' }) =>
    path.includes('/functions/') ? 'is lost' : 'passes',
  )
  const ended = await runTo(75, [...tail, '--timeout', '500ms'], through(place, url))
  expect(afterPlace(ended.stderr)).toMatch(/^0 shown, 0 late, not read to the end: hello\n/)
})

test('Ctrl-C while a page is awaited ends the tail with its summary and nothing else', async () => {
  const place = await sandbox().deployFirst(await makeService())
  const proxy = await startProxy(sandbox().url, (_, message) => (isLogRead(message) ? 'is lost' : 'passes'))
  const following = start(tail, through(place, proxy.url))
  await proxy.unanswered
  following.child.kill('SIGINT')
  const { exitCode, stdout, stderr } = await following.ended
  expect({ exitCode, stdout, stderr: afterPlace(stderr) }).toEqual({
    exitCode: 130,
    stdout: '',
    stderr: '0 shown, 0 late, 0 missing\n',
  })
})
