import { AddPermissionCommand, CreateEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { CreateQueueCommand, DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { clientSettings } from '../sandbox.ts'
import { detached, left, on } from './courses.ts'
import type { Guarded } from './guarded.ts'
import { plainFunction, type Shop } from './shop.ts'

/** Lists, points, pauses and resumes a queue and a bucket that invoke a released function past its alias. */
export async function moveTriggers(it: Shop, { sandbox }: Guarded): Promise<void> {
  const FunctionName = it.lambdaName
  const EventSourceArn = 'arn:aws:sqs:eu-west-1:000000000000:orders'
  const sqs = new SQSClient(clientSettings(sandbox.url))
  // Once the Region has a queue, a mapping takes no other. CloudWatch tells the depth of one that is gone.
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
  await sandbox.lambda.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn }))
  await sqs.send(new DeleteQueueCommand({ QueueUrl }))
  await sandbox.lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'photos',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: 'arn:aws:s3:::photos',
      SourceAccount: '000000000000',
    }),
  )
  await it.runs('doctor', '-e test')
  await it.runs('triggers list', on)
  await sandbox.loseJournal()
  await it.runs('triggers point', `${on} --all`)
  await sandbox.loseJournal()
  await it.runs('triggers pause', `${on} --reason full`)
  await it.runs('status', '-e test')
  await it.runs('triggers resume', on)
}

/** Applies triggers of the file by each command that does so: made, changed, and taken away. */
export async function applyTriggers(it: Shop, { sandbox }: Guarded): Promise<void> {
  const sqs = new SQSClient(clientSettings(sandbox.url))
  const QueueName = `${it.name}-orders`
  await sqs.send(new CreateQueueCommand({ QueueName }))
  const alarm = await sandbox.alarm(`${it.name}-errors`)
  const release = `release: {alarms: [${alarm}], steps: [10], every: 1s, bake: 0s}`
  const set = (size: number, name: string) =>
    it.write(`${plainFunction}, ${release}, triggers: {
      ${name}: {sqs: ${QueueName}, batchSize: ${1 + (size % 9)}},
      users: {permission: cognito-idp.amazonaws.com, sourceArn: "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${name}"}}`)
  const unset = () => it.write(`${plainFunction}, ${release}, triggers: {}`)
  await set(1, 'orders')
  await it.runs('deploy', '-e test')
  await set(2, 'jobs')
  await it.runs('diff', '-e test')
  await it.runs('triggers list', on)
  await it.runs('deploy', '-e test')
  let size = 2
  for (const verb of ['canary', 'canary resume', 'canary promote'] as const) {
    for (const change of [unset, () => set((size += 1), `n${size}`), () => set((size += 1), `n${size}`)]) {
      await change()
      await it.writeHandler(`${verb} ${(size += 1)}`)
      if (verb !== 'canary') await it.runs('canary', detached, left)
      await it.runs(verb, on)
    }
  }
  await unset()
  await it.runs('deploy', '-e test')
  await set(size, 'last')
  await it.runs('deploy', '-e test')
  await it.runs('destroy', '-e test --yes')
}
