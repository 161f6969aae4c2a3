import { randomUUID } from 'node:crypto'
import { ServiceError } from '../../protocol/service-error.ts'
import type { LambdaContext } from '../records/context.ts'

/** A record for a bucket. */
interface BucketRecord {
  region: string
  /** The ARN of the bucket. */
  destination: string
  /** The beginning of the key, such as `aws/lambda/async/shop`; Lambda adds the time. */
  prefix: string
  body: string
}

/** Puts a record into a bucket, under the key that Lambda gives it. @returns the reason why it is lost, if it is */
export async function putRecord(
  { account, clock, writeObject }: Pick<LambdaContext, 'account' | 'clock' | 'writeObject'>,
  { region, destination, prefix, body }: BucketRecord,
): Promise<ServiceError | undefined> {
  const time = new Date(clock()).toISOString()
  const [day, moment] = [time.slice(0, 10), time.slice(0, 19).replaceAll(':', '.')]
  const object = {
    Bucket: destination.split(':').at(-1) ?? '',
    Key: `${prefix}/${day.replaceAll('-', '/')}/${moment}-${randomUUID()}`,
    Body: Buffer.from(body),
    ContentType: 'application/json',
  }
  try {
    await writeObject(object, { account, region })
    return undefined
  } catch (error) {
    if (error instanceof ServiceError) return error
    throw error
  }
}
