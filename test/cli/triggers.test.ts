import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionUrlConfigCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:123456789012:${rest}`

/** Lets a queue invoke a function. @returns the mapping's id */
async function map(FunctionName: string, queue: string): Promise<string> {
  const made = await sandbox().lambda.send(
    new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn: arn('sqs', queue) }),
  )
  return made.UUID ?? ''
}

const on = ['hello', '-e', 'test']

test('list has the callers of each qualifier, without control characters of others', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const { lambda } = sandbox()
  const FunctionName = service.lambdaName
  const uuid = await map(FunctionName, 'orders')
  await map(`${FunctionName}:live`, 'returns')
  await map(`${FunctionName}:1`, 'jobs')
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      Qualifier: '1',
      StatementId: 'news',
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
      SourceArn: arn('sns', 'news'),
    }),
  )
  await lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE' }))
  const listed = await runTo(0, ['triggers', 'list', ...on, '--json'], place)
  expect(JSON.parse(listed.stdout)).toMatchObject({
    alias: 'live',
    isAliasThere: true,
    triggers: expect.arrayContaining([
      expect.objectContaining({ source: 'SQS queue orders', qualifier: null, way: 'past', uuid }),
      expect.objectContaining({ source: 'SQS queue jobs', qualifier: '1', way: 'past' }),
      expect.objectContaining({ source: 'SQS queue returns', qualifier: 'live', way: 'alias' }),
      expect.objectContaining({ source: 'SNS topic news', qualifier: '1', statement: 'news' }),
      expect.objectContaining({ kind: 'url', qualifier: null, way: 'past', auth: 'none' }),
    ]) as unknown[],
  })
  const shown = await runTo(0, ['triggers', 'list', ...on], place)
  expect(shown.stdout).toMatch(/5 triggers, 4 past live/)
  expect(shown.stdout).toMatch(/SQS queue orders +\$LATEST +(?:Creating|Enabled) +no figure +past live/)
  expect(shown.stdout).toContain('→ To put them on live: lambdactl triggers point hello --env test --all')
})
