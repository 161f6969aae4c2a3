import { setTimeout as sleep } from 'node:timers/promises'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { orders } from './sources.ts'

/** The number of orders that land in the bucket. */
export const total = 1000

/** The place of each order's file, in the order in which they land. */
export const keys: readonly string[] = Array.from({ length: total }, (_, index) => `in/order-${index}.json`)

/** Orders a second, on a machine that keeps up with them. */
const rate = 50

/** The most orders that are under way, so that a slow machine gets them at its own pace. */
const atOnce = 25

/**
 * Puts the file of each order into the bucket, at a steady rate.
 *
 * @param handled counts the orders that have gone through the pipeline
 */
export async function putOrders(s3: S3Client, handled: () => Promise<number>): Promise<void> {
  let done = 0
  for (const [index, Key] of keys.entries()) {
    const next = performance.now() + 1000 / rate
    const Body = JSON.stringify({ id: `order-${index}`, sku: 'chair', quantity: 2, price: 4900 })
    await s3.send(new PutObjectCommand({ Bucket: orders, Key, Body }))
    while (index - done >= atOnce) {
      done = await handled()
      if (index - done >= atOnce) await sleep(100)
    }
    await sleep(Math.max(0, next - performance.now()))
  }
}

const parsed = /^ {2}const order = parseOrder\(.*\n/m

/** The handler of the template with a fault: it fails for one order in ten. @throws Error for another handler */
export function withFault(handler: string): string {
  if (!parsed.test(handler)) throw new Error('the handler of the template has no line that parses an order')
  const fault = `  if (order.id.endsWith('7')) throw new Error(\`no tax for \${order.id}\`)\n`
  return handler.replace(parsed, (line) => line + fault)
}
