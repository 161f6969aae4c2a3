import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { S3Event, S3EventRecord } from 'aws-lambda'

/** Larger files do not fit into the function's memory. */
const maxBytes = 50_000_000

const s3 = new S3Client()

/** Adds up the orders of each new file. The name of the result follows from the file's, so a second event is harmless. */
export async function handler({ Records }: S3Event): Promise<void> {
  for (const record of Records) await addUp(record.s3)
}

async function addUp({ bucket, object }: S3EventRecord['s3']): Promise<void> {
  // S3 encodes keys as forms do.
  const key = decodeURIComponent(object.key.replaceAll('+', ' '))
  const [, name] = /^in\/(.+)\.csv$/.exec(key) ?? []
  if (name === undefined) throw new Error(`expected a key in/….csv, got ${key}`)
  if (object.size > maxBytes)
    throw new Error(`expected at most ${maxBytes} bytes in ${key}, got ${object.size}`)
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key: key }))
  const totals = totalsOf((await Body?.transformToString()) ?? '')
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket.name,
      Key: `out/${name}.json`,
      ContentType: 'application/json',
      Body: JSON.stringify(totals),
    }),
  )
  console.info({ message: 'totals written', key, skus: Object.keys(totals).length })
}

/** The sum of the quantities of each sku. @throws Error for a line that is not `sku,quantity` */
function totalsOf(csv: string): Record<string, number> {
  const totals = new Map<string, number>()
  for (const [index, line] of csv.split('\n').entries()) {
    if (line === '') continue
    const [, sku = '', quantity = ''] = /^([\w-]+),(\d+)\r?$/.exec(line) ?? []
    if (sku === '') throw new Error(`expected sku,quantity in line ${index + 1}`)
    totals.set(sku, (totals.get(sku) ?? 0) + Number(quantity))
  }
  return Object.fromEntries(totals)
}
