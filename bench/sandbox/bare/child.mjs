/** Answers each line of its input by a line: a handler without a Lambda around it. */
import { createInterface } from 'node:readline'
import { handler } from './index.mjs'

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await handler(JSON.parse(line)))}\n`)
}
