import type { IncomingHttpHeaders } from 'node:http'
import { partitionOf } from '../../function/values/partition.ts'

/** A request for a handler. */
export interface HandlerRequest {
  method: string
  /** Decoded if it is UTF-8, beginning with a slash. */
  path: string
  /** As it was sent. */
  queryString: string
  headers: IncomingHttpHeaders
  body: Uint8Array
  sourceAddress: string
}

/** The URL or the API that was called. */
export interface Called {
  id: string
  /** The 12 digits of an account; `anonymous` for a public URL. */
  accountId: string
  domainName: string
  /** As in `GET /items/{id}`. */
  routeKey: string
  stage: string
  requestId: string
  /** Milliseconds since the epoch. */
  now: number
  /** The authorizer that let the request in; undefined: none is needed. */
  authorizer: object | undefined
  pathParameters?: Readonly<Record<string, string>>
  stageVariables?: Readonly<Record<string, string>>
}

/** The event of a handler behind HTTP, in the payload format 2.0. */
export function handlerEvent(request: HandlerRequest, called: Called): object {
  const { cookie, connection: _, 'keep-alive': __, ...others } = request.headers
  const headers = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, [value].flat().join(',')]),
  )
  const query = queryOf(request.queryString)
  const isBase64Encoded = request.body.byteLength > 0 && !isText(request.headers['content-type'])
  const { routeKey, pathParameters, stageVariables } = called
  return {
    version: '2.0',
    routeKey,
    rawPath: request.path,
    rawQueryString: request.queryString,
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers: { ...headers, ...forwarded(request) },
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    requestContext: contextOf(request, called),
    ...(request.body.byteLength > 0 && {
      body: Buffer.from(request.body).toString(isBase64Encoded ? 'base64' : 'utf8'),
    }),
    ...(pathParameters && { pathParameters }),
    isBase64Encoded,
    ...(stageVariables && { stageVariables }),
  }
}

/** The headers that AWS adds about the connection; there is no TLS in the sandbox. */
function forwarded({ headers: { host = '' }, sourceAddress }: HandlerRequest): Record<string, string> {
  return {
    'x-forwarded-for': sourceAddress,
    'x-forwarded-port': /:(\d+)$/.exec(host)?.[1] ?? '80',
    'x-forwarded-proto': 'http',
  }
}

function contextOf(request: HandlerRequest, called: Called): object {
  const { id, accountId, domainName, routeKey, stage, requestId, now, authorizer } = called
  return {
    accountId,
    apiId: id,
    ...(authorizer && { authorizer }),
    domainName,
    domainPrefix: id,
    http: {
      method: request.method,
      path: request.path,
      protocol: 'HTTP/1.1',
      sourceIp: request.sourceAddress,
      userAgent: request.headers['user-agent'],
    },
    requestId,
    routeKey,
    stage,
    time: timeOf(now),
    timeEpoch: now,
  }
}

/** The signer of a request as a handler sees it. */
export function iamAuthorizer(account: string, accessKey: string, region: string): object {
  return {
    iam: {
      accessKey,
      accountId: account,
      callerId: account,
      cognitoIdentity: null,
      principalOrgId: null,
      userArn: `arn:${partitionOf(region)}:iam::${account}:root`,
      userId: account,
    },
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

/** A path that is no UTF-8 stays as it was sent. */
export function decodedPath(path: string): string {
  try {
    return decodeURI(path)
  } catch (error) {
    if (error instanceof URIError) return path
    throw error
  }
}
