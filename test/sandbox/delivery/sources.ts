import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { SQSClient } from '@aws-sdk/client-sqs'
import { onTestFinished } from 'vitest'
import { createClock } from '../../../src/sandbox/clock.ts'
import { createDelivery } from '../../../src/sandbox/delivery/deliver.ts'
import type { Feeds } from '../../../src/sandbox/delivery/feed.ts'
import type { Delivery } from '../../../src/sandbox/delivery/parcel.ts'
import { functionTarget, queueTarget } from '../../../src/sandbox/delivery/targets.ts'
import { eventsService } from '../../../src/sandbox/events/service.ts'
import { functionsOf } from '../../../src/sandbox/functions.ts'
import { snsService } from '../../../src/sandbox/sns/service.ts'
import { sqsService } from '../../../src/sandbox/sqs/service.ts'
import type { Datum } from '../../../src/sandbox/telemetry.ts'
import { account, arnOf, createActive, startLambda, type TestSandbox } from '../lambda/sandbox.ts'
import { clientSettings, serve } from '../serve.ts'
import { type RunningQueues, shortcuts } from '../sqs/running-queues.ts'
import { followRows, type Rows } from '../state/rows.ts'

/** Lambda with the function `shop`, SQS, SNS and EventBridge, on one clock that runs as fast as the test says. */
export interface Sources extends Pick<TestSandbox, 'executor'>, Omit<RunningQueues, 'client' | 'clock'> {
  lambda: TestSandbox['client']
  /** The settings of a client for SNS and EventBridge. */
  settings: ReturnType<typeof clientSettings>
  delivery: Delivery
  feeds: Feeds
  /** The names and values of metrics of a namespace, without zeroes. */
  counts: (namespace: string) => Record<string, number>
  /** Lets a service call the function `shop`. */
  permit: (principal: string, sourceArn: string) => Promise<void>
  /** Makes a queue. */
  queue: (attributes?: Record<string, string>) => Promise<{ url: string; arn: string }>
  /** The payloads of the invocations so far. */
  payloads: () => unknown[]
  rows: Rows
}

/** @param before the rows of SNS and EventBridge that an earlier sandbox has left */
export async function startSources(speed = 1, before?: Rows): Promise<Sources> {
  const clock = createClock(speed)
  const data: Datum[] = []
  const metrics = { record: (_: string, more: Datum[]) => void data.push(...more) }
  const queues = sqsService({ clock: clock.now, pace: clock })
  const delivery = createDelivery({
    lambda: (...asked) => functionTarget(functionsOf(() => lambda.lambda.service.operations))(...asked),
    sqs: queueTarget(queues.reader),
    sns: (...asked) => sns.target(...asked),
    events: (...asked) => events.target(...asked),
  })
  const sns = snsService({ clock: clock.now, pace: clock, delivery, metrics })
  const events = eventsService({ clock: clock.now, pace: clock, delivery, metrics })
  const kept = [...sns.persistent, ...events.persistent]
  before?.restore(kept)
  const rows = followRows(kept)
  const served = await serve([queues.service, sns.service, events.service], account)
  const sqs = new SQSClient(clientSettings(served.endpoint))
  onTestFinished(async () => {
    sqs.destroy()
    sns.close()
    events.close()
    queues.close()
    await served.close()
  })
  const lambda = await startLambda({ clock: clock.now, pace: clock, delivery, updateDelayMs: 5 * speed })
  await createActive(lambda.client, 'shop')
  const calls = shortcuts(sqs)
  return {
    ...calls,
    executor: lambda.executor,
    lambda: lambda.client,
    settings: clientSettings(served.endpoint),
    delivery,
    feeds: { ...sns.feeds, ...events.feeds },
    rows,
    counts(namespace) {
      const sums: Record<string, number> = {}
      for (const { namespace: of, name, value } of data)
        if (of === namespace) sums[name] = (sums[name] ?? 0) + value
      return sums
    },
    async permit(Principal, SourceArn) {
      const StatementId = `s${Math.random().toString(36).slice(2)}`
      const Action = 'lambda:InvokeFunction'
      await lambda.client.send(
        new AddPermissionCommand({ FunctionName: arnOf('shop'), StatementId, Action, Principal, SourceArn }),
      )
    },
    async queue(attributes = {}) {
      const url = await calls.make(attributes)
      return { url, arn: (await calls.attributes(url))['QueueArn'] ?? '' }
    },
    payloads: () =>
      lambda.executor.invocations.map(
        ({ invocation }) => JSON.parse(Buffer.from(invocation.payload).toString()) as unknown,
      ),
  }
}
