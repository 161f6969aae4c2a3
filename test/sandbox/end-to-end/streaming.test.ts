import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  CreateFunctionUrlConfigCommand,
  InvokeWithResponseStreamCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { invoke, nodeHandler, publishFirst, type RunningSandbox, runSandbox } from './running-sandbox.ts'

const streaming = (body: string) => [
  { name: 'index.mjs', content: `export const handler = awslambda.streamifyResponse(${body})\n` },
]

/** A server that answers when the test opens it, so that a handler which asks it waits for the test. */
async function makeGate(): Promise<{ url: string; open: () => void }> {
  const { promise: opened, resolve } = Promise.withResolvers<void>()
  const server = createServer((_, response) => void opened.then(() => response.end()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, open: resolve }
}

async function stream({ lambda }: RunningSandbox, FunctionName: string, onPart?: () => void) {
  const answer = await lambda.send(new InvokeWithResponseStreamCommand({ FunctionName, LogType: 'Tail' }))
  const parts: string[] = []
  let complete: { ErrorCode?: string | undefined; ErrorDetails?: string | undefined } = {}
  for await (const { PayloadChunk, InvokeComplete } of answer.EventStream ?? []) {
    if (PayloadChunk?.Payload) {
      parts.push(Buffer.from(PayloadChunk.Payload).toString())
      onPart?.()
    }
    if (InvokeComplete) complete = InvokeComplete
  }
  return { version: answer.ExecutedVersion, parts, text: parts.join(''), complete }
}

/** Makes a URL and calls it. */
async function open({ lambda }: RunningSandbox, input: object) {
  const { FunctionUrl = '' } = await lambda.send(
    new CreateFunctionUrlConfigCommand({ FunctionName: undefined, AuthType: 'NONE', ...input }),
  )
  return (path = '', init: RequestInit = {}) => fetch(`${FunctionUrl}${path}`, init)
}

test('InvokeWithResponseStream passes on the parts of a stream before the handler has ended', async () => {
  const running = await runSandbox()
  const gate = await makeGate()
  const code = `async (event, stream) => {
    stream.write('first ')
    await fetch('${gate.url}')
    stream.end('second')
  }`
  await publishFirst(running, 'streams', streaming(code))
  const streamed = await stream(running, 'streams:1', gate.open)
  expect(streamed).toMatchObject({ version: '1', parts: ['first ', 'second'] })
  expect(streamed.complete.ErrorCode).toBeUndefined()
  const whole = await invoke(running, 'streams', '1').catch((error: unknown) => error)
  expect(whole).toBeInstanceOf(SyntaxError)
  await publishFirst(running, 'plain', nodeHandler('({ plain: true })'))
  expect((await stream(running, 'plain')).text).toBe('{"plain":true}')
})

test('a stream that breaks off tells its error at the end', async () => {
  const running = await runSandbox()
  const code = `async (event, stream) => {
    stream.write('first')
    await new Promise((r) => setTimeout(r, 50))
    throw new RangeError('too far')
  }`
  await publishFirst(running, 'breaks', streaming(code))
  const { text, complete } = await stream(running, 'breaks')
  expect(text).toBe('first')
  expect(complete).toMatchObject({ ErrorCode: 'Unhandled' })
  expect(JSON.parse(complete.ErrorDetails ?? '')).toMatchObject({
    errorType: 'RangeError',
    errorMessage: 'too far',
  })
})

test('a function URL gives its handler an event of format 2.0, and answers what it returns', async () => {
  const running = await runSandbox()
  await publishFirst(
    running,
    'echo',
    nodeHandler(
      'event.rawPath === "/text" ? "text" : event.rawPath === "/fails" ? event.no.no : event.rawPath === "/made" ? { statusCode: 201, headers: { "X-Made": 1 }, cookies: ["a=1", "b=2"], body: "bWFkZQ==", isBase64Encoded: true } : { event }',
    ),
  )
  const at = await open(running, { FunctionName: 'echo' })
  const answer = await at('a%20b?x=1&x=2&y', {
    method: 'POST',
    headers: { cookie: 'c=1; d=2', 'content-type': 'application/json' },
    body: '{"a":1}',
  })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    event: {
      version: '2.0',
      routeKey: '$default',
      rawPath: '/a b',
      rawQueryString: 'x=1&x=2&y',
      queryStringParameters: { x: '1,2', y: '' },
      cookies: ['c=1', 'd=2'],
      headers: { 'content-type': 'application/json' },
      requestContext: {
        accountId: 'anonymous',
        http: { method: 'POST', path: '/a b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        stage: '$default',
        time: expect.stringMatching(/^\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as string,
      },
      body: '{"a":1}',
      isBase64Encoded: false,
    },
  })
  const form = await at('', { method: 'POST', body: new URLSearchParams({ a: '1' }) })
  expect(await form.json()).toMatchObject({ event: { body: 'YT0x', isBase64Encoded: true, rawPath: '/' } })
  const made = await at('made')
  expect([made.status, made.headers.get('x-made'), made.headers.getSetCookie(), await made.text()]).toEqual([
    201,
    '1',
    ['a=1', 'b=2'],
    'made',
  ])
  expect(await (await at('text')).text()).toBe('text')
  const failed = await at('fails')
  expect([failed.status, await failed.text()]).toEqual([502, 'Internal Server Error'])
  await running.lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'echo', ReservedConcurrentExecutions: 0 }),
  )
  expect((await at()).status).toBe(429)
})

test('a function URL in RESPONSE_STREAM mode streams status, headers and parts', async () => {
  const running = await runSandbox()
  const gate = await makeGate()
  const code = `async (event, stream) => {
    const http = awslambda.HttpResponseStream.from(stream, { statusCode: 202, headers: { 'X-Kind': 'a' } })
    http.write('one ')
    await fetch('${gate.url}')
    http.end('two')
  }`
  await publishFirst(running, 'streams', streaming(code))
  const at = await open(running, { FunctionName: 'streams', InvokeMode: 'RESPONSE_STREAM' })
  const answer = await at()
  expect([answer.status, answer.headers.get('x-kind')]).toEqual([202, 'a'])
  const parts: string[] = []
  for await (const part of answer.body ?? []) {
    parts.push(Buffer.from(part as Uint8Array).toString())
    gate.open()
  }
  expect(parts).toEqual(['one ', 'two'])
})

test('a client that leaves in the middle of a stream leaves the sandbox and its handler at work', async () => {
  const running = await runSandbox()
  const code = `async (event, stream) => {
    for (let i = 0; i < 20; i += 1) {
      stream.write('part ')
      await new Promise((r) => setTimeout(r, 10))
    }
    stream.end('end')
  }`
  await publishFirst(running, 'long', streaming(code))
  const at = await open(running, { FunctionName: 'long', InvokeMode: 'RESPONSE_STREAM' })
  const leaving = new AbortController()
  const answer = await at('', { signal: leaving.signal })
  leaving.abort()
  await expect(answer.text()).rejects.toThrow('aborted')
  expect(await (await at()).text()).toMatch(/^(?:part ){20}end$/)
})

test('a URL with AWS_IAM refuses an unsigned request; one with CORS answers browsers', async () => {
  const running = await runSandbox()
  await publishFirst(running, 'shop', nodeHandler('event.requestContext'))
  const at = await open(running, { FunctionName: 'shop', AuthType: 'AWS_IAM' })
  const refused = await at()
  expect([refused.status, await refused.json()]).toEqual([
    403,
    { Message: expect.stringMatching(/^Forbidden\. For troubleshooting /) as string },
  ])
  const authorization =
    'AWS4-HMAC-SHA256 Credential=test/20261121/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0'
  const signed = await at('', { headers: { authorization } })
  expect(await signed.json()).toMatchObject({
    accountId: '000000000000',
    authorizer: { iam: { accessKey: 'test' } },
  })
  await publishFirst(running, 'open', nodeHandler('1'))
  const Cors = { AllowOrigins: ['https://a.example'], AllowMethods: ['GET'], MaxAge: 60 }
  const open2 = await open(running, { FunctionName: 'open', Cors })
  const origin = { origin: 'https://a.example' }
  const asked = await open2('', {
    method: 'OPTIONS',
    headers: { ...origin, 'access-control-request-method': 'GET' },
  })
  expect(asked.headers.get('access-control-allow-methods')).toBe('GET')
  expect((await open2('', { headers: origin })).headers.get('access-control-allow-origin')).toBe(
    origin.origin,
  )
  const other = await open2('', { headers: { origin: 'https://b.example' } })
  expect(other.headers.get('access-control-allow-origin')).toBeNull()
})
