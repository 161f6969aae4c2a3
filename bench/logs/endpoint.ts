import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Answer, refusal } from './answer.ts'
import type { Fate } from './faults.ts'
import { lambda } from './lambda.ts'
import { liveTail } from './live-tail.ts'
import { type Asked, pageOf } from './pages.ts'
import type { Schedule } from './schedule.ts'

/** A CloudWatch Logs on loopback, and as much of Lambda as a tail asks for. */
export interface LogsEndpoint {
  url: string
  close(): void
}

const headers = { 'content-type': 'application/x-amz-json-1.1' }

/** The input of a read. */
type Read = Asked & { logGroupName: string }

/** @param liveSessionMs the time after which a session of Live Tail ends, milliseconds */
export async function logsEndpoint(
  groups: readonly Schedule[],
  { next }: Fate,
  liveSessionMs: number,
): Promise<LogsEndpoint> {
  const server = createServer((message, response) => {
    void answer(message, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of message) chunks.push(chunk as Buffer)
    const input = Buffer.concat(chunks).toString()
    const [, operation] = String(message.headers['x-amz-target']).split('.')
    const now = Date.now()
    const fate = operation === 'FilterLogEvents' ? next(now) : 'answer'
    // A clock of the benchmark's own is in the header too.
    response.setHeader('date', new Date().toUTCString()).setHeader('x-amzn-requestid', randomUUID())
    if (fate === 'cut') return cut(response)
    if (operation === 'StartLiveTail') return liveTail(response, namedIn(groups, input), liveSessionMs)
    const answers: Readonly<Record<string, () => Answer>> = {
      FilterLogEvents: () => read(groups, JSON.parse(input) as Read, { now, fate }),
      DescribeLogGroups: () => described(groups, input),
    }
    const given = answers[operation ?? '']?.() ?? lambda(message.url ?? '')
    response.writeHead(given.status, headers).end(given.body)
  }

  function cut(response: ServerResponse): void {
    response.writeHead(200, { 'content-length': '100000' }).write('{"events":[{"eventId":"1", "mess', () => {
      server.closeAllConnections()
    })
  }
}

function read(
  groups: readonly Schedule[],
  { logGroupName, ...asked }: Read,
  { fate, now }: { fate: 'answer' | 'throttle'; now: number },
): Answer {
  if (fate === 'throttle') return refusal('ThrottlingException', 'Rate exceeded')
  const found = groups.find(({ written }) => written.group === logGroupName)
  if (!found) return refusal('ResourceNotFoundException', 'The specified log group does not exist.')
  return { status: 200, body: pageOf(found, asked, now) }
}

function described(groups: readonly Schedule[], input: string): Answer {
  const { logGroupNamePrefix } = JSON.parse(input) as { logGroupNamePrefix: string }
  const logGroups = groups
    .map(({ written }) => written.group)
    .filter((group) => group.startsWith(logGroupNamePrefix))
    .map((group) => ({ logGroupName: group, logGroupArn: arnOf(group) }))
  return { status: 200, body: JSON.stringify({ logGroups }) }
}

/** The groups that StartLiveTail names. */
function namedIn(groups: readonly Schedule[], input: string): Schedule[] {
  const { logGroupIdentifiers: arns } = JSON.parse(input) as { logGroupIdentifiers: string[] }
  return groups.filter(({ written }) => arns.includes(arnOf(written.group)))
}

function arnOf(group: string): string {
  return `arn:aws:logs:eu-west-1:000000000000:log-group:${group}`
}
