import { expect, test } from 'vitest'
import { connection } from '../../../src/aws/client/connection.ts'
import { connectAws } from '../../../src/aws/connect-aws.ts'
import { systemClock } from '../../../src/cli/run/clock.ts'
import { scripted } from '../scripted.ts'

async function versionsOf(answers: object[]) {
  const { endpoint } = await scripted(answers)
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' }
  const made = connection({ region: 'eu-west-1', endpoint, profile: undefined, keys }, systemClock)
  return connectAws(made).versions
}

const arn = (rest: string) => `arn:aws:lambda:eu-west-1:123456789012:function:${rest}`

test("the version of a running durable execution is in the execution's own ARN", async () => {
  const versions = await versionsOf([
    {
      DurableExecutions: [
        { DurableExecutionArn: arn('shop:7/durable-execution/order-1/a'), FunctionArn: arn('shop') },
        { DurableExecutionArn: arn('shop:$LATEST/durable-execution/order-2/b'), FunctionArn: arn('shop') },
      ],
      NextMarker: 'more',
    },
    { DurableExecutions: [{ DurableExecutionArn: arn('shop:9/durable-execution/order-3/c') }] },
  ])
  expect(await versions.executing('shop')).toEqual(['7', '$LATEST', '9'])
})

test("the qualifiers of a function's mappings are found among those of the account", async () => {
  const functions = ['shop:7', 'shop', 'shop-2:8', 'shop:live']
  const EventSourceMappings = functions.map((name) => ({ FunctionArn: arn(name) }))
  const versions = await versionsOf([{ EventSourceMappings }])
  expect(await versions.mapped('shop')).toEqual(['7', '$LATEST', 'live'])
})
