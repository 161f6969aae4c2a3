import { describe, expect, test } from 'vitest'
import { elf, other, own } from '../packaging/elf.ts'
import { eventsOf, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { makeService } from './service.ts'

const sandbox = useSandbox()

/** A second function in the folder `other`, with these fields beside source and handler. */
async function withOther(files: Readonly<Record<string, string | Buffer>>, fields: string) {
  const service = await makeService()
  await service.write(files)
  await service.writeFunction(
    `other: {source: other, runtime: nodejs24.x, handler: index.handler, ${fields}}`,
  )
  return {
    ...service,
    place: sandbox().place(service),
    otherName: service.lambdaName.replace('-hello-', '-other-'),
  }
}

test('a handler of three parameters is refused before the upload by nodejs24.x, and taken by nodejs22.x', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  await service.writeHandler(
    'export const handler = (event, context, callback) => callback(null, { order: event.id })\n',
  )
  const refused = await runTo(2, ['deploy', '-e', 'test'], place)
  expect(refused.stderr).toContain('nodejs24.x does not start a handler of three parameters')
  await expect(sandbox().versions(service.lambdaName)).rejects.toThrow('not found')
  await service.writeFunction(
    'older: {source: hello, runtime: nodejs22.x, handler: index.handler, bundle: false, release: {smoke: {event: {id: 5}, expect: {payload: {order: 5}}}}}',
  )
  const taken = await runTo(0, ['deploy', 'older', '-e', 'test'], place)
  expect(taken.stdout).toContain('older: version 1 has 100%')
})

test('a handler that streams its answer is released, and answers', async () => {
  const service = await makeService()
  await service.writeHandler(`export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
  stream.write('{"id":"')
  stream.write(context.functionVersion)
  stream.end('"}')
})
`)
  const place = sandbox().place(service)
  await runTo(0, ['deploy', '-e', 'test'], place)
  const { stdout } = await runTo(0, ['invoke', 'hello', '-e', 'test'], place)
  expect(JSON.parse(stdout)).toEqual({ id: '1' })
})

describe('an add-on', () => {
  const addOn = (architecture: typeof own) => ({
    'other/index.mjs': "import addon from 'addon'\nexport const handler = async () => addon\n",
    'other/node_modules/addon/index.js': "module.exports = require('./addon.node')\n",
    'other/node_modules/addon/addon.node': elf(architecture, { libraries: ['libc.so.6'] }),
  })
  const fields = `architecture: ${other}, bundle: false`

  test('for another architecture than the function is refused, by package and deploy', async () => {
    const { place } = await withOther(addOn(own), fields)
    for (const command of [
      ['package', 'other'],
      ['deploy', 'other', '-e', 'test'],
    ]) {
      const { stderr } = await runTo(2, command, place)
      expect(stderr).toContain(
        `node_modules/addon/addon.node is an ELF for ${own}; the function is ${other}.`,
      )
      expect(stderr).toContain('--os=linux --libc=glibc')
    }
  })

  test('for the function, which this machine can not load, is a note', async () => {
    const { place, otherName } = await withOther(addOn(other), fields)
    const deployed = await run(['deploy', 'other', '-e', 'test', '--json'], place)
    expect(deployed.exitCode).toBe(0)
    expect(eventsOf(deployed)).toContainEqual(
      expect.objectContaining({
        event: 'noted',
        text: 'binaries for another machine were not loaded, so the handler was not tried: node_modules/addon/addon.node',
      }),
    )
    await sandbox().expectAlias(otherName, '1')
  })
})

test('a bundled package that reads a file beside itself is named, and the way that is named works', async () => {
  const files = {
    'other/index.ts': "import { query } from '@acme/client'\nexport const handler = async () => query()\n",
    'other/node_modules/@acme/client/index.js': "module.exports = require('.acme/client')\n",
    'other/node_modules/.acme/client/index.js':
      "exports.query = () => require('node:fs').readFileSync(require('node:path').join(__dirname, 'engine.bin'), 'utf8')\n",
    'other/node_modules/.acme/client/engine.bin': 'engine 7',
  }
  const service = await withOther(files, 'bundle: true')
  const packaged = await runTo(0, ['package', 'other'], service.place)
  const [, external] =
    /\.acme \(engine\.bin\); .*(bundle: \{external: \[.acme\]\})/.exec(packaged.stdout) ?? []
  await service.writeFunction(
    `other: {source: other, runtime: nodejs24.x, handler: index.handler, ${external}, release: {smoke: {event: {}, expect: {payload: engine 7}}}}`,
  )
  const deployed = await runTo(0, ['deploy', 'other', '-e', 'test'], service.place)
  expect(deployed.stderr).not.toContain('files of their own folders')
})
