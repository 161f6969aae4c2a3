import { GetAliasCommand, InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'

/** Where the alias sent its traffic, from a moment on. */
export interface Share {
  time: number
  /** Percent by version. */
  weights: Readonly<Record<string, number>>
}

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

/** Milliseconds between two events, and between two looks at the alias. */
const eventEveryMs = 25
const lookEveryMs = 200
/** On a slow machine no event is sent while so many wait: the commands of the demo need their turn too. */
const mostRunning = 20

export function sendTraffic(client: LambdaClient, functionName: string, alias: string): Traffic {
  const seen: Seen = { invocations: new Map(), failures: new Map(), firstFailure: undefined, shares: [] }
  const running = new Set<Promise<void>>()
  let order = 0
  const track = (work: Promise<void>) => {
    running.add(work)
    void work.finally(() => running.delete(work))
  }
  const events = setInterval(() => {
    if (running.size >= mostRunning) return
    order += 1
    track(invoke(client, functionName, alias, order, seen))
  }, eventEveryMs)
  const looks = setInterval(() => {
    if (running.size < mostRunning) track(look(client, functionName, alias, seen))
  }, lookEveryMs)
  return {
    seen,
    async stop() {
      clearInterval(events)
      clearInterval(looks)
      await Promise.all(running)
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

async function look(client: LambdaClient, functionName: string, alias: string, seen: Seen): Promise<void> {
  const answer = await client.send(new GetAliasCommand({ FunctionName: functionName, Name: alias }))
  const [extra] = Object.entries(answer.RoutingConfig?.AdditionalVersionWeights ?? {})
  const percent = Math.round((extra?.[1] ?? 0) * 100)
  const main = answer.FunctionVersion ?? '?'
  const weights = extra ? { [main]: 100 - percent, [extra[0]]: percent } : { [main]: 100 }
  const last = seen.shares.at(-1)
  if (JSON.stringify(last?.weights) !== JSON.stringify(weights))
    seen.shares.push({ time: Date.now(), weights })
}
