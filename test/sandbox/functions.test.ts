import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { expect, test, vi } from 'vitest'
import { functionsOf } from '../../src/sandbox/functions.ts'
import { account, arnOf, createActive, startLambda } from './lambda/sandbox.ts'

const alarms = 'lambda.alarms.cloudwatch.amazonaws.com'
const alarmOf = (name: string) => `arn:aws:cloudwatch:eu-west-1:${account}:alarm:${name}`
const caller = { principals: [alarms], sourceArn: alarmOf('errors') }

test('a service may call a function whose policy names it, for the sources that it names', async () => {
  const { client, lambda } = await startLambda()
  const functions = functionsOf(() => lambda.service.operations)
  await createActive(client, 'remedy')
  const arn = arnOf('remedy')
  const permit = (StatementId: string, Principal: string, source: object) =>
    client.send(
      new AddPermissionCommand({
        FunctionName: 'remedy',
        StatementId,
        Action: 'lambda:InvokeFunction',
        Principal,
        ...source,
      }),
    )
  expect(await functions.allows(arn, caller)).toBe(false)
  await permit('others', 'logs.amazonaws.com', {})
  await permit('another', alarms, { SourceArn: alarmOf('shop-*') })
  await permit('elsewhere', alarms, { SourceAccount: '999999999999' })
  await permit('read', alarms, { Action: 'lambda:GetFunction' })
  await permit('organisation', alarms, { PrincipalOrgID: 'o-abcdefghij' })
  expect(await functions.allows(arn, caller)).toBe(false)
  expect(await functions.allows(arn, { ...caller, sourceArn: alarmOf('shop-errors') })).toBe(true)
  await permit('all', alarms, { SourceAccount: account, Action: 'lambda:*' })
  expect(await functions.allows(arn, caller)).toBe(true)
  expect(await functions.allows(arnOf('nobody'), caller)).toBe(false)
  expect(await functions.allows('arn:aws:sns:eu-west-1:1:t', caller)).toBe(false)
})

test('an event reaches a function as an asynchronous invocation', async () => {
  const { client, executor, lambda } = await startLambda()
  const functions = functionsOf(() => lambda.service.operations)
  await createActive(client, 'remedy')
  await functions.send(arnOf('remedy'), { hello: 'there' })
  await vi.waitFor(() => expect(executor.invocations).toHaveLength(1))
  const payload = executor.invocations[0]?.invocation.payload ?? new Uint8Array()
  expect(Buffer.from(payload).toString()).toBe('{"hello":"there"}')
  await functions.send(arnOf('remedy'), {})
  await vi.waitFor(() => expect(executor.invocations).toHaveLength(2))
  // Events are kept by their id, so each has one of its own.
  expect(new Set(executor.invocations.map(({ invocation }) => invocation.requestId)).size).toBe(2)
  await expect(functions.send(arnOf('nobody'), {})).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  })
})
