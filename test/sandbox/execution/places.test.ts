import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { hasWall } from '../../../src/processes/wall.ts'
import { openBench } from './bench.ts'
import { matching } from './matchers.ts'

// Without a wall nothing can be laid over /var.
const isPlaced = (await hasWall(tmpdir())) && !tmpdir().startsWith('/var/')

test.runIf(isPlaced)("a Node.js handler's files are at /var/task, and nobody can write there", async () => {
  await using bench = await openBench()
  const target = await bench.target({
    'index.js': `const fs = require('node:fs')
exports.handler = async () => {
  let refused
  try { fs.writeFileSync('/var/task/new', '') } catch ({ code }) { refused = code }
  const { LAMBDA_TASK_ROOT, LAMBDA_RUNTIME_DIR } = process.env
  const line = new Error().stack.split('\\n')[1]
  return { file: __filename, folder: process.cwd(), LAMBDA_TASK_ROOT, LAMBDA_RUNTIME_DIR, refused, line,
    files: fs.readdirSync('/var/task'), runtime: fs.existsSync('/var/runtime/node.mjs'), others: fs.existsSync('/var/lib') }
}`,
  })
  expect((await bench.invoke(target)).payload).toEqual({
    file: '/var/task/index.js',
    folder: '/var/task',
    LAMBDA_TASK_ROOT: '/var/task',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    refused: 'EROFS',
    line: matching(/\/var\/task\/index\.js:6:16/),
    files: ['index.js'],
    runtime: true,
    others: true,
  })
})

test.runIf(isPlaced)('so are those of Python and of a runtime of its own', async () => {
  await using bench = await openBench()
  const python = await bench.target(
    { 'app.py': 'import os\ndef handler(event, context):\n    return [__file__, os.getcwd()]\n' },
    { Runtime: 'python3.13', Handler: 'app.handler', FunctionArn: `${arn}python` },
  )
  expect((await bench.invoke(python)).payload).toEqual(['/var/task/app.py', '/var/task'])
  const own = await bench.target(
    {
      bootstrap: `#!/bin/sh
api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime
id=$(curl -sD - -o /dev/null $api/invocation/next | tr -d '\\r' | sed -n 's/^lambda-runtime-aws-request-id: //Ip')
curl -sd "[\\"$0\\", \\"$(pwd)\\"]" $api/invocation/$id/response
curl -s $api/invocation/next
`,
    },
    { Runtime: 'provided.al2023', FunctionArn: `${arn}own` },
  )
  expect((await bench.invoke(own)).payload).toEqual(['/var/task/bootstrap', '/var/task'])
})

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:'
