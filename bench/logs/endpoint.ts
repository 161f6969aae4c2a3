import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fate } from './faults.ts'
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

interface Answer {
  status: number
  body: string
}

export async function logsEndpoint(groups: readonly Schedule[], { next }: Fate): Promise<LogsEndpoint> {
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
    const isRead = String(message.headers['x-amz-target']).endsWith('.FilterLogEvents')
    const now = Date.now()
    const fate = isRead ? next(now) : 'answer'
    if (fate === 'cut') return cut(response)
    const given = isRead
      ? read(groups, JSON.parse(Buffer.concat(chunks).toString()) as Read, { now, fate })
      : lambda(message.url ?? '')
    response.writeHead(given.status, { ...headers, 'x-amzn-requestid': randomUUID() }).end(given.body)
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

function refusal(type: string, message: string): Answer {
  return { status: 400, body: JSON.stringify({ __type: type, message }) }
}

/** Each function is there, and logs to the group of its name. */
function lambda(url: string): Answer {
  const [, name] = /^\/2015-03-31\/functions\/([^/?]+)$/.exec(url) ?? []
  if (name === undefined) return { ...refusal('ResourceNotFoundException', `nothing at ${url}`), status: 404 }
  const Configuration = {
    FunctionName: name,
    FunctionArn: `arn:aws:lambda:eu-west-1:000000000000:function:${name}`,
    Runtime: 'nodejs24.x',
    Role: 'arn:aws:iam::000000000000:role/bench',
    Handler: 'index.handler',
    Version: '$LATEST',
    State: 'Active',
    LastUpdateStatus: 'Successful',
    CodeSha256: 'bench',
    CodeSize: 1,
    Timeout: 3,
    MemorySize: 128,
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    RevisionId: '00000000-0000-4000-8000-000000000000',
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
  }
  return { status: 200, body: JSON.stringify({ Configuration, Code: { RepositoryType: 'S3' } }) }
}
