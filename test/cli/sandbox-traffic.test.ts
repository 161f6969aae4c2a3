import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateEventSourceMappingCommand, GetEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { expect, onTestFinished, test } from 'vitest'
import { eventsOf, type Place, run, runTo, start } from './cli.ts'
import { clientSettings, useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

test('traffic counts versions, errors and throttles of a function, and ends by itself or by Ctrl-C', async () => {
  const service = await makeService()
  await service.writeHandler(
    'export const handler = async (event) => { if (event.fail) throw new Error("no") }\n',
  )
  const place = await sandbox().deployFirst(service)
  sandbox().leaveKey(place)
  await writeFile(join(service.folder, 'event.json'), '{"fail": true}')
  const traffic = (...words: string[]) => ['sandbox', 'traffic', `${service.lambdaName}:live`, ...words]

  const well = await runTo(0, traffic('--rate', '20', '--for', '2s'), place)
  expect(well.stdout).toMatch(
    /^40 invocations, 0 errors, p50 \S+ ms, p99 \S+ ms, in \d+\.\d s \(\d+\.\d a second\)\n {2}version 1: 100\.0%, 40 invocations/,
  )
  expect(well.stderr).toMatch(/invocations, 0 errors, p50 .* · version 1: \d+/)

  await runTo(0, ['sandbox', 'fault', 'throttle', 'Invoke', '--times', '3'], place)
  const failing = start(traffic('--rate', '20', '--event', 'event.json', '--json'), place)
  await failing.says(/"Unhandled"/)
  failing.child.kill('SIGINT')
  const ended = await failing.ended
  expect(ended.exitCode).toBe(0)
  const result = eventsOf(ended).at(-1) as unknown as { errors: number; invocations: number }
  expect(result).toMatchObject({
    event: 'result',
    versions: [{ version: '1' }],
    failures: expect.arrayContaining([{ error: 'TooManyRequestsException', count: 3 }]) as object,
  })
  expect(result.errors).toBe(result.invocations)
})

test('traffic of a source invokes with its events, and goes through the queue that the function has', async () => {
  const service = await makeService()
  await service.writeHandler(
    'export const handler = async ({ Records = [{ body: "{}" }] }) => { if (Records[0].body !== "{}") throw new Error("no") }\n',
  )
  const place = await sandbox().deployFirst(service)
  sandbox().leaveKey(place)
  const target = `${service.lambdaName}:live`
  const traffic = ['sandbox', 'traffic', target, '--source', 'sqs', '--rate', '20', '--for', '1s', '--json']
  const result = async () => eventsOf(await runTo(0, traffic, place)).at(-1)
  expect(await result()).toMatchObject({
    invocations: 20,
    errors: 0,
    versions: [{ version: '1', invocations: 20 }],
  })

  const sqs = new SQSClient(clientSettings(sandbox().url))
  onTestFinished(() => sqs.destroy())
  await sqs.send(new CreateQueueCommand({ QueueName: service.lambdaName }))
  const { lambda } = sandbox()
  const EventSourceArn = `arn:aws:sqs:eu-west-1:000000000000:${service.lambdaName}`
  const { UUID } = await lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName: target, EventSourceArn }),
  )
  const state = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State
  await expect.poll(state).toBe('Enabled')
  expect(await result()).toMatchObject({ invocations: 20, errors: 0, versions: [] })
})

test('what does not exist, or is no event, is said before any call', async () => {
  const service = await makeService()
  const place: Place = sandbox().place(service)
  sandbox().leaveKey(place)
  const none = await runTo(4, ['sandbox', 'traffic', 'nobody', '--for', '1s'], place)
  expect(none.stderr).toContain('The sandbox has no function "nobody".')
  await writeFile(join(service.folder, 'event.json'), '{')
  const wrong = await run(['sandbox', 'traffic', 'nobody', '--event', 'event.json'], place)
  expect(wrong).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('one JSON value for --event') as string,
  })
})
