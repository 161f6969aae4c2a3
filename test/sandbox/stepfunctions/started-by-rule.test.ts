import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn'
import { expect, onTestFinished, test } from 'vitest'
import { useSandbox } from '../../cli/sandbox.ts'
import { clientSettings } from '../serve.ts'

const sandbox = useSandbox()
const RoleArn = 'arn:aws:iam::000000000000:role/flow'

test('a rule starts an execution of its state machine, with the input that it makes', async () => {
  const settings = clientSettings(sandbox().url)
  const states = new SFNClient(settings)
  const events = new EventBridgeClient(settings)
  onTestFinished(() => {
    states.destroy()
    events.destroy()
  })
  const definition = JSON.stringify({ StartAt: 'done', States: { done: { Type: 'Succeed' } } })
  const { stateMachineArn = '' } = await states.send(
    new CreateStateMachineCommand({ name: 'flow', definition, roleArn: RoleArn }),
  )
  await events.send(new PutRuleCommand({ Name: 'placed', EventPattern: '{"source":["shop"]}' }))
  const gone = stateMachineArn.replace('flow', 'gone')
  const added = new PutTargetsCommand({
    Rule: 'placed',
    Targets: [
      { Id: 'flow', Arn: stateMachineArn, RoleArn, InputPath: '$.detail' },
      { Id: 'gone', Arn: gone, RoleArn },
    ],
  })
  await events.send(added)
  await events.send(
    new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'Order', Detail: '{"id":7}' }] }),
  )
  const ended = async () => {
    const { executions = [] } = await states.send(new ListExecutionsCommand({ stateMachineArn }))
    return executions.filter(({ status }) => status === 'SUCCEEDED')
  }
  await expect.poll(ended).toHaveLength(1)
  const [{ executionArn } = {}] = await ended()
  const { input, output } = await states.send(new DescribeExecutionCommand({ executionArn }))
  expect([input, output]).toEqual(['{"id":7}', '{"id":7}'])
})
