import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Batch } from './deflate-batch.ts'
import type { Answer, Question } from './deflate-worker.ts'

type Result = Answer['result']

/** More workers would wait for the one thread that writes the zip. */
const mostWorkers = 4
/** Two batches ahead, so that a worker never waits for its next batch. */
const batchesAhead = 2
/** Workers make much short-lived garbage, which would grow to many times this size; MiB. */
const maxYoungGenerationSizeMb = 4

/** The worker is beside this module in the sources; in a bundle this module may be anywhere. */
const workerModule = new URL(
  import.meta.url.endsWith('.ts') ? './deflate-worker.ts' : import.meta.resolve('#deflate-worker'),
  import.meta.url,
)

/** Deflates batches in worker threads; the results come in the order of the batches. */
export async function* deflateInWorkers(batches: readonly Batch[]): AsyncGenerator<Result> {
  const results = batches.map(() => Promise.withResolvers<Result>())
  const broken = Promise.withResolvers<never>()
  let next = 0
  const give = (worker: Worker) => {
    const batch = batches[next]
    if (!batch) return
    const question: Question = { index: next, batch }
    worker.postMessage(question, [])
    next += 1
  }
  const start = () => {
    const worker = new Worker(workerModule, { resourceLimits: { maxYoungGenerationSizeMb } })
    worker.on('message', ({ index, result }: Answer) => {
      give(worker)
      results[index]?.resolve(result)
    })
    worker.on('error', broken.reject)
    for (let ahead = 0; ahead < batchesAhead; ahead += 1) give(worker)
    return worker
  }
  const workers = Array.from({ length: Math.min(mostWorkers, availableParallelism(), batches.length) }, start)
  try {
    for (const { promise } of results) yield await Promise.race([promise, broken.promise])
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}
