import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** An AWS that gives these answers, one a call, and keeps the bodies of what it was asked. */
export async function scripted(
  answers: object[],
): Promise<{ endpoint: string; asked: Record<string, unknown>[] }> {
  const asked: Record<string, unknown>[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      asked.push(JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>)
      response.setHeader('content-type', 'application/x-amz-json-1.0')
      response.setHeader('x-amzn-requestid', '1')
      response.end(JSON.stringify(answers[asked.length - 1]))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}
