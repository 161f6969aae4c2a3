import { Agent, type RequestOptions, request } from 'node:http'
import { percentile } from '../figures.ts'

/** The answers that clients got who each wait for an answer before they ask again. */
export interface Load {
  connections: number
  /** Answers a second. */
  rate: number
  /** Milliseconds. */
  p50: number
  p99: number
}

/** A request of a load. */
export interface Shot {
  url: string
  headers: Record<string, string>
  body: string
}

/**
 * Asks over so many connections. The first answers of each connection, in which environments start, do not count.
 *
 * @param seconds how long it counts
 * @throws Error for an answer that is no 200
 */
export async function load(shot: Shot, connections: number, seconds: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const times: number[] = []
  const all = Array.from({ length: connections })
  try {
    for (let round = 0; round < 5; round += 1) await Promise.all(all.map(() => shoot(shot, agent)))
    const from = performance.now()
    const until = from + seconds * 1000
    await Promise.all(
      all.map(async () => {
        while (performance.now() < until) times.push(await shoot(shot, agent))
      }),
    )
    const rate = times.length / ((performance.now() - from) / 1000)
    return { connections, rate, p50: percentile(times, 50), p99: percentile(times, 99) }
  } finally {
    agent.destroy()
  }
}

/** @returns the milliseconds from the request to the whole answer */
async function shoot({ url, headers, body }: Shot, agent: Agent): Promise<number> {
  const start = performance.now()
  await answer(url, { agent, method: 'POST', headers }, body)
  return performance.now() - start
}

function answer(url: string, options: RequestOptions, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, (response) => {
      const isRight = response.statusCode === 200 && response.headers['x-amz-function-error'] === undefined
      response.resume()
      response.once('error', reject)
      response.once('end', () =>
        isRight ? resolve() : reject(new Error(`${url} answered ${response.statusCode}, expected 200.`)),
      )
    })
    asked.once('error', reject)
    asked.end(body)
  })
}
