/** A bare HTTP server: each request goes to a free child process, and a new child starts if none is free. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const free = []

const server = createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const child = free.pop() ?? started()
  child.answer = (line) => {
    free.push(child)
    response.end(line)
  }
  child.input.write(`${Buffer.concat(chunks)}\n`)
})

function started() {
  const { stdin, stdout } = spawn(process.execPath, [join(import.meta.dirname, 'child.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const child = { input: stdin, answer: undefined }
  createInterface({ input: stdout }).on('line', (line) => child.answer(line))
  return child
}

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address()
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`)
})
