import { PublishLayerVersionCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { canOverlay } from '../../../src/processes/wall.ts'
import { type ZipEntry, zipOf } from '../lambda/zip.ts'
import { invoke, publishFirst, runSandbox } from './running-sandbox.ts'

const bootstrap = `#!/bin/sh
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
while :; do
  headers=$(mktemp)
  curl -sS -o /dev/null -D "$headers" "$api/invocation/next"
  id=$(sed -n 's/^lambda-runtime-aws-request-id: *//Ip' "$headers" | tr -d '\\r')
  curl -sS -X POST -d "\\"$(said)\\"" "$api/invocation/$id/response" > /dev/null
done
`

test('handlers of every kind find the files of their layers, a later one before an earlier', async () => {
  const running = await runSandbox()
  const layer = async (LayerName: string, files: ZipEntry[]) =>
    (
      await running.lambda.send(
        new PublishLayerVersionCommand({ LayerName, Content: { ZipFile: zipOf(files) } }),
      )
    ).LayerVersionArn ?? ''
  const first = await layer('first', [
    { name: 'nodejs/node_modules/greet/index.js', content: "exports.text = 'first'" },
    { name: 'nodejs/node_modules/kept/index.js', content: "exports.text = 'kept'" },
    { name: 'python/greet.py', content: "text = 'python'" },
    { name: 'bin/said', content: '#!/bin/sh\necho said', mode: 0o100755 },
  ])
  const second = await layer('second', [
    { name: 'nodejs/node_modules/greet/index.js', content: "exports.text = 'second'" },
    { name: 'bootstrap', content: bootstrap, mode: 0o100755 },
  ])
  const Layers = [first, second]
  const node = "exports.handler = async () => [require('greet').text, require('kept').text]"
  await publishFirst(running, 'node', [{ name: 'index.js', content: node }], { Layers })
  expect((await invoke(running, 'node', '1')).payload).toEqual(['second', 'kept'])
  const python = 'import greet\ndef handler(event, context):\n    return greet.text\n'
  await publishFirst(running, 'python', [{ name: 'index.py', content: python }], {
    Layers,
    Runtime: 'python3.14',
  })
  expect((await invoke(running, 'python', '1')).payload).toBe('python')
  await publishFirst(running, 'own', [{ name: 'empty', content: '' }], { Layers, Runtime: 'provided.al2023' })
  expect((await invoke(running, 'own', '1')).payload).toBe('said')
}, 30_000)

test('layers are at /opt where folders can be laid over it', async ({ skip }) => {
  const running = await runSandbox()
  const Content = { ZipFile: zipOf([{ name: 'data/text', content: 'here' }]) }
  const published = await running.lambda.send(new PublishLayerVersionCommand({ LayerName: 'l', Content }))
  const read = "exports.handler = async () => require('fs').readFileSync('/opt/data/text', 'utf8')"
  const Layers = [published.LayerVersionArn ?? '']
  await publishFirst(running, 'reads', [{ name: 'index.js', content: read }], { Layers })
  const { payload, error } = await invoke(running, 'reads', '1')
  skip(!(await canOverlay({ folder: '/usr', place: '/opt' })), 'nothing can be laid over /opt here')
  expect({ payload, error }).toEqual({ payload: 'here', error: undefined })
})
