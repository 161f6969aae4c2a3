import { Agent, type RequestOptions, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../figures.ts'

/** The answers that clients got who each wait for an answer before they ask again. */
export interface Load {
  clients: Clients
  /** Answers a second. */
  rate: number
  /** Milliseconds. */
  p50: number
  p99: number
}

/** The clients of a load, one on each connection. */
export interface Clients {
  connections: number
  /** Requests a second of all together; by default each client asks again at once. */
  rate?: number
}

/** A request of a load. */
export interface Shot {
  url: string
  headers: Record<string, string>
  body: string
}

/**
 * Asks over so many connections for a time. The first answers of each connection, in which environments start, do not count.
 *
 * @param seconds how long it counts
 * @throws Error for an answer that is no 200
 */
export async function load(shot: Shot, clients: Clients, seconds: number): Promise<Load> {
  const { connections } = clients
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const all = Array.from({ length: connections }, (_, client) => client)
  try {
    for (let round = 0; round < 5; round += 1) await Promise.all(all.map(() => shoot(shot, agent)))
    const from = performance.now()
    const until = from + seconds * 1000
    const ask = () => shoot(shot, agent)
    const ofEach = await Promise.all(
      all.map((client) => timesOf(ask, { from, until }, paceOf(clients, client))),
    )
    const times = ofEach.flat()
    const rate = times.length / ((performance.now() - from) / 1000)
    return { clients, rate, p50: percentile(times, 50), p99: percentile(times, 99) }
  } finally {
    agent.destroy()
  }
}

/** The times of one client's requests in milliseconds: the first one after the start, and from each to the next. */
interface Pace {
  first: number
  interval: number
}

/** The clients take turns. */
function paceOf({ connections, rate }: Clients, client: number): Pace | undefined {
  return rate === undefined
    ? undefined
    : { first: (client * 1000) / rate, interval: (connections * 1000) / rate }
}

/** Asks again and again. A request whose client was still waiting when it was due counts from then. */
async function timesOf(
  ask: () => Promise<number>,
  { from, until }: { from: number; until: number },
  pace: Pace | undefined,
): Promise<number[]> {
  const times: number[] = []
  for (
    let due = from + (pace?.first ?? 0);
    Math.max(due, performance.now()) < until;
    due += pace?.interval ?? 0
  ) {
    const late = pace ? Math.max(0, performance.now() - due) : 0
    if (pace && late === 0) await sleep(due - performance.now())
    times.push(late + (await ask()))
  }
  return times
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
