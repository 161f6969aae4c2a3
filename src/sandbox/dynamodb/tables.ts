import { once } from 'node:events'
import { type IncomingMessage, request, type Server } from 'node:http'
import { duplexPair } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import dynalite from 'dynalite'
import { ServiceError } from '../protocol/service-error.ts'

/** The tables of one Region, held by dynalite. */
export interface Tables {
  /** @returns the answer in DynamoDB's JSON. @throws ServiceError as DynamoDB does */
  ask(operation: string, input: string): Promise<Record<string, unknown>>
  close(): void
}

/** Changes of tables are done at once: clients wait for them in steps of seconds. */
const atOnce = { createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }

/** Tables that no port leads to: requests reach dynalite through memory, after the sandbox has checked them. */
export function openTables(region: string): Tables {
  const server = dynaliteIn(region)
  return {
    async ask(operation, input) {
      const answer = await send(server, operation, input)
      const body = JSON.parse((await buffer(answer)).toString() || '{}') as Record<string, unknown>
      const { statusCode = 500 } = answer
      if (statusCode >= 300) throw errorOf(statusCode, body)
      return body
    },
    close: () => void server.close(),
  }
}

/** dynalite takes the Region of its ARNs from the variables when it is made. */
function dynaliteIn(region: string): Server {
  const { AWS_REGION: before } = process.env
  process.env['AWS_REGION'] = region
  try {
    return dynalite(atOnce)
  } finally {
    if (before === undefined) delete process.env['AWS_REGION']
    else process.env['AWS_REGION'] = before
  }
}

async function send(server: Server, operation: string, input: string): Promise<IncomingMessage> {
  const [ours, its] = duplexPair()
  server.emit('connection', its)
  const asking = request({
    method: 'POST',
    host: 'dynalite',
    createConnection: () => ours,
    headers: {
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(input),
      'x-amz-date': 'unchecked',
      // The sandbox has checked the request; dynalite only looks at the form.
      authorization:
        'AWS4-HMAC-SHA256 Credential=sandbox/20260101/any/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
      connection: 'close',
    },
  })
  asking.end(input)
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  return answer
}

/** `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException`: the code is behind the mark. */
function errorOf(status: number, body: Record<string, unknown>): ServiceError {
  const { __type: type = '', message, Message } = body
  const code = String(type).replace(/^.*#/, '')
  return new ServiceError(code, status, String(message ?? Message ?? ''))
}
