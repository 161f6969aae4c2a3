import type { IncomingHttpHeaders } from 'node:http'
import { partitionOf } from '../../../function/values/partition.ts'

/** A request to a function URL. */
export interface UrlRequest {
  method: string
  /** Decoded if it is UTF-8, beginning with a slash. */
  path: string
  /** As it was sent. */
  queryString: string
  headers: IncomingHttpHeaders
  body: Uint8Array
  sourceAddress: string
}

/** The URL that was called. */
export interface CalledUrl {
  id: string
  region: string
  requestId: string
  /** Milliseconds since the epoch. */
  now: number
  /** The 12 digits of the account and the key that signed the request; undefined for a public URL. */
  signer: { account: string; accessKey: string } | undefined
}

/** The event of a handler behind a function URL, in the payload format 2.0. */
export function urlEvent(request: UrlRequest, called: CalledUrl): object {
  const { cookie, connection: _, 'keep-alive': __, ...others } = request.headers
  const headers = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, [value].flat().join(',')]),
  )
  const query = queryOf(request.queryString)
  const isBase64Encoded = request.body.byteLength > 0 && !isText(request.headers['content-type'])
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: request.path,
    rawQueryString: request.queryString,
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers: { ...headers, ...forwarded(request) },
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    requestContext: contextOf(request, called),
    ...(request.body.byteLength > 0 && {
      body: Buffer.from(request.body).toString(isBase64Encoded ? 'base64' : 'utf8'),
    }),
    isBase64Encoded,
  }
}

/** The headers that Lambda adds about the connection; there is no TLS in the sandbox. */
function forwarded({ headers: { host = '' }, sourceAddress }: UrlRequest): Record<string, string> {
  return {
    'x-forwarded-for': sourceAddress,
    'x-forwarded-port': /:(\d+)$/.exec(host)?.[1] ?? '80',
    'x-forwarded-proto': 'http',
  }
}

function contextOf(request: UrlRequest, { id, region, requestId, now, signer }: CalledUrl): object {
  return {
    accountId: signer?.account ?? 'anonymous',
    apiId: id,
    ...(signer && { authorizer: { iam: iamOf(signer, region) } }),
    domainName: `${id}.lambda-url.${region}.on.aws`,
    domainPrefix: id,
    http: {
      method: request.method,
      path: request.path,
      protocol: 'HTTP/1.1',
      sourceIp: request.sourceAddress,
      userAgent: request.headers['user-agent'],
    },
    requestId,
    routeKey: '$default',
    stage: '$default',
    time: timeOf(now),
    timeEpoch: now,
  }
}

function iamOf({ account, accessKey }: NonNullable<CalledUrl['signer']>, region: string): object {
  return {
    accessKey,
    accountId: account,
    callerId: account,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: `arn:${partitionOf(region)}:iam::${account}:root`,
    userId: account,
  }
}

/** Values of one name are joined by commas. */
function queryOf(text: string): Record<string, string> {
  const query = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    const before = query.get(name)
    query.set(name, before === undefined ? value : `${before},${value}`)
  }
  return Object.fromEntries(query)
}

/** Bodies of other types are in the event as base64. */
function isText(contentType = ''): boolean {
  return /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|javascript|xml)\b)/.test(contentType)
}

/** As in `12/Mar/2020:19:03:58 +0000`. */
function timeOf(now: number): string {
  const [, date, month, year, time] = new Date(now).toUTCString().split(/[ ]/)
  return `${date}/${month}/${year}:${time} +0000`
}
