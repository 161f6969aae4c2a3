import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { ScheduledEvent } from 'aws-lambda'

interface Report {
  /** As in 2026-11-28, in UTC. */
  day: string
  files: number
  bytes: number
}

const s3 = new S3Client()

/** Writes the report of the day before. Its name follows from the time of the schedule, so a second event is harmless. */
export async function handler({ time }: Pick<ScheduledEvent, 'time'>): Promise<void> {
  const scheduled = Date.parse(time)
  if (Number.isNaN(scheduled)) throw new Error(`expected the time of a schedule, got ${time}`)
  const report = await count(new Date(scheduled - 24 * 60 * 60 * 1000).toISOString().slice(0, 10))
  await s3.send(
    new PutObjectCommand({
      Bucket: process.env.BUCKET,
      Key: `reports/${report.day}.json`,
      ContentType: 'application/json',
      Body: JSON.stringify(report),
    }),
  )
  console.info({ message: 'report written', ...report })
}

/** Counts the files that came on a day. */
async function count(day: string): Promise<Report> {
  const report: Report = { day, files: 0, bytes: 0 }
  let ContinuationToken: string | undefined
  do {
    const page = await s3.send(
      new ListObjectsV2Command({ Bucket: process.env.BUCKET, Prefix: 'in/', ContinuationToken }),
    )
    for (const { LastModified, Size = 0 } of page.Contents ?? []) {
      if (!LastModified?.toISOString().startsWith(day)) continue
      report.files += 1
      report.bytes += Size
    }
    ContinuationToken = page.NextContinuationToken
  } while (ContinuationToken !== undefined)
  return report
}
