import { parentPort } from 'node:worker_threads'
import { type Batch, deflateBatch } from './deflate-batch.ts'

/** A question to a worker: deflate a batch, which has a number. */
export interface Question {
  index: number
  batch: Batch
}

/** The worker's answer. */
export interface Answer {
  index: number
  result: ReturnType<typeof deflateBatch>
}

parentPort?.on('message', ({ index, batch }: Question) => {
  const result = deflateBatch(batch)
  const answer: Answer = { index, result }
  parentPort?.postMessage(answer, 'data' in result ? [result.data.buffer] : [])
})
