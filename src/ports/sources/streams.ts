/** Streams of records, of Kinesis and of tables of DynamoDB. */
export interface Streams {
  /** Whether a stream of Kinesis is there. @param arn of the stream */
  isThere(arn: string): Promise<boolean>
  /** The table of DynamoDB, and the ARN of its stream; undefined if the table does not exist. */
  table(name: string): Promise<{ stream: string | undefined } | undefined>
}
