import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import { type Share, watchShares } from './shares.ts'

/** The observations of the demo's clients, all of them from answers of the API. */
export interface Seen {
  /** Invocations by the version that ran. */
  invocations: Map<string, number>
  failures: Map<string, number>
  firstFailure: number | undefined
  shares: Share[]
}

/** Sends events through an alias until stopped, and notes what came of them. */
export interface Traffic {
  seen: Seen
  stop(): Promise<void>
}

/** Milliseconds between two events. */
const eventEveryMs = 25
/** On a slow machine no event is sent while so many wait: the commands of the demo need their turn too. */
const mostRunning = 20

export function sendTraffic(client: LambdaClient, functionName: string, alias: string): Traffic {
  const { shares, stop } = watchShares(client, functionName, alias)
  const seen: Seen = { invocations: new Map(), failures: new Map(), firstFailure: undefined, shares }
  const running = new Set<Promise<void>>()
  let order = 0
  const events = setInterval(() => {
    if (running.size >= mostRunning) return
    order += 1
    const work = invoke(client, functionName, alias, order, seen)
    running.add(work)
    void work.finally(() => running.delete(work))
  }, eventEveryMs)
  return {
    seen,
    async stop() {
      clearInterval(events)
      await Promise.all([stop(), ...running])
    },
  }
}

async function invoke(
  client: LambdaClient,
  functionName: string,
  alias: string,
  order: number,
  seen: Seen,
): Promise<void> {
  const Payload = JSON.stringify({ order, name: `customer ${order}` })
  const answer = await client.send(
    new InvokeCommand({ FunctionName: functionName, Qualifier: alias, Payload }),
  )
  const version = answer.ExecutedVersion ?? '?'
  seen.invocations.set(version, (seen.invocations.get(version) ?? 0) + 1)
  if (!answer.FunctionError) return
  seen.firstFailure ??= Date.now()
  seen.failures.set(version, (seen.failures.get(version) ?? 0) + 1)
}
