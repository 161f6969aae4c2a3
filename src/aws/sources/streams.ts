import type { Streams } from '../../ports/sources/streams.ts'
import { ifThere } from '../answers/expected-errors.ts'
import type { Connection } from '../client/connection.ts'
import { loadService } from '../client/load-service.ts'

/** Streams over the APIs of Kinesis and DynamoDB. */
export function awsStreams(connection: Connection): Streams {
  const kinesis = loadService(
    connection,
    'Kinesis',
    () => import('@aws-sdk/client-kinesis'),
    ({ KinesisClient }, config) => new KinesisClient(config),
  )
  const dynamodb = loadService(
    connection,
    'DynamoDB',
    () => import('@aws-sdk/client-dynamodb'),
    ({ DynamoDBClient }, config) => new DynamoDBClient(config),
  )
  return {
    async isThere(arn) {
      const { call, sdk } = await kinesis()
      const command = new sdk.DescribeStreamSummaryCommand({ StreamARN: arn })
      return (await ifThere(call(`read the stream ${arn}`, command))) !== undefined
    },

    async table(name) {
      const { call, sdk } = await dynamodb()
      const command = new sdk.DescribeTableCommand({ TableName: name })
      const found = await ifThere(call(`read the table ${name}`, command))
      const { StreamSpecification, LatestStreamArn } = found?.Table ?? {}
      return found && { stream: StreamSpecification?.StreamEnabled === true ? LatestStreamArn : undefined }
    },
  }
}
