import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

interface Deployment {
  id: number
  ref: string
  environment: string
  task: string
}

/** GitHub's API of deployments on this machine, until the test ends. */
export interface GithubApi {
  url: string
  /** Each state as it came: `prod/hello in_progress: waiting, version 2`. */
  states: string[]
  deployments: Deployment[]
  /** The tokens that came. */
  tokens: Set<string | undefined>
  /** From now on each answer is this one. */
  refuse(status: number, message: string): void
  /** From now on there is no answer, or only the begin of one. */
  hang(after?: 'after its first bytes'): void
}

export async function startGithubApi(): Promise<GithubApi> {
  const api: GithubApi = { url: '', states: [], deployments: [], tokens: new Set(), refuse, hang }
  let refusal: { status: number; message: string } | undefined
  function refuse(status: number, message: string) {
    refusal = { status, message }
  }
  let hanging: string | undefined
  function hang(after = 'at once') {
    hanging = after
  }
  const server = createServer((request, response) => {
    api.tokens.add(request.headers.authorization)
    if (hanging !== undefined) {
      if (hanging === 'after its first bytes') response.writeHead(200).write('[')
      return
    }
    const answer = async () => {
      const body = refusal ? { message: refusal.message } : await answerOf(api, request)
      response.writeHead(refusal?.status ?? 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    void answer()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  api.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return api
}

async function answerOf({ deployments, states }: GithubApi, request: IncomingMessage): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://api')
  const body = await text(request)
  const [, id] = /^\/repos\/octo\/shop\/deployments(?:\/(\d+)\/statuses)?$/.exec(pathname) ?? []
  if (request.method === 'GET') {
    const isWanted = (each: Deployment) =>
      (['environment', 'task'] as const).every((key) => [null, each[key]].includes(searchParams.get(key)))
    return deployments.filter(isWanted).slice(0, Number(searchParams.get('per_page')))
  }
  if (id === undefined) {
    const made = { ...(JSON.parse(body) as Deployment), id: deployments.length + 1 }
    deployments.unshift(made)
    return made
  }
  const { state, description } = JSON.parse(body) as { state: string; description: string }
  const of = deployments.find((each) => each.id === Number(id))
  states.push(`${of?.environment} ${state}: ${description}`)
  return {}
}
