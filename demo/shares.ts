import { GetAliasCommand, type LambdaClient } from '@aws-sdk/client-lambda'

/** Where the alias sent its traffic, from a moment on. */
export interface Share {
  time: number
  /** Percent by version. */
  weights: Readonly<Record<string, number>>
}

/** The shares of an alias, as they are seen until the end. */
export interface Watch {
  shares: Share[]
  /** @throws the first error of a look */
  readonly stop: () => Promise<void>
}

/** Milliseconds between two looks at the alias. */
const lookEveryMs = 200

/** Looks at an alias until stopped, and notes each change of its weights. */
export function watchShares(client: LambdaClient, functionName: string, alias: string): Watch {
  const shares: Share[] = []
  const failures: Error[] = []
  let looking: Promise<void> | undefined
  const looks = setInterval(() => {
    // On a slow machine each look waits for the one before.
    looking ??= look()
      .catch((error: unknown) => {
        failures.push(error instanceof Error ? error : new Error(String(error)))
      })
      .finally(() => {
        looking = undefined
      })
  }, lookEveryMs)
  return {
    shares,
    async stop() {
      clearInterval(looks)
      await looking
      const [failure] = failures
      if (failure) throw failure
    },
  }

  async function look(): Promise<void> {
    const answer = await client.send(new GetAliasCommand({ FunctionName: functionName, Name: alias }))
    const [extra] = Object.entries(answer.RoutingConfig?.AdditionalVersionWeights ?? {})
    const percent = Math.round((extra?.[1] ?? 0) * 100)
    const main = answer.FunctionVersion ?? '?'
    const weights = extra ? { [main]: 100 - percent, [extra[0]]: percent } : { [main]: 100 }
    const last = shares.at(-1)
    if (JSON.stringify(last?.weights) !== JSON.stringify(weights)) shares.push({ time: Date.now(), weights })
  }
}

/** A line for each change of the weights, with its time since the first. */
export function shareLines(shares: readonly Share[]): string[] {
  const start = shares[0]?.time ?? 0
  return shares.map(({ time, weights }) => `  ${seconds(time - start).padStart(6)}  ${describe(weights)}`)
}

function describe(weights: Readonly<Record<string, number>>): string {
  return Object.entries(weights)
    .map(([version, percent]) => `version ${version} ${percent}%`)
    .join(', ')
}

/** Seconds with one digit behind the point. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
