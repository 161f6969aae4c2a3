import { AddPermissionCommand, CreateEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { on } from './courses.ts'
import type { Guarded } from './guarded.ts'
import type { Shop } from './shop.ts'

/** Lists, points, pauses and resumes a queue and a bucket that invoke a released function past its alias. */
export async function moveTriggers(it: Shop, { sandbox }: Guarded): Promise<void> {
  const FunctionName = it.lambdaName
  const EventSourceArn = 'arn:aws:sqs:eu-west-1:000000000000:orders'
  await sandbox.lambda.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn }))
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
