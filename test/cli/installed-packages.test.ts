import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { InvokeCommand } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { folder as folderOf } from '../packaging/folder.ts'
import { installed } from '../packaging/select/node-modules/installed.ts'
import { handler, price } from '../packaging/select/price.ts'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()

const configuration = (service: string, settings: string) => `service: ${service}
functions:
  api: {source: api, runtime: nodejs24.x, handler: index.handler, ${settings}}
environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"}
`

/** Packages the function, unzips it with another program, and calls its handler. */
async function answerFrom(place: { cwd: string; env: NodeJS.ProcessEnv }, name: string) {
  await runTo(0, ['package', '--out', 'api.zip'], place)
  await using out = await folderOf()
  const script = `import zipfile, sys; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])`
  await promisify(execFile)('python3', ['-c', script, join(place.cwd, 'api.zip'), out.path])
  await writeFile(
    join(out.path, 'run.mjs'),
    `console.log(JSON.stringify(await (await import('./${name}')).handler({})))`,
  )
  const { stdout } = await promisify(execFile)(process.execPath, [join(out.path, 'run.mjs')])
  return JSON.parse(stdout) as unknown
}

const late = "exports.gross = (net) => net + require('tax').of(net)"

describe('what pnpm linked', () => {
  test.each(['bundle: false', 'bundle: {external: [price]}, include: [node_modules/]'])(
    'runs from the package, and when it is deployed and asked for late: %s',
    async (settings) => {
      const folder = await temporaryFolder()
      const service = settings.includes('external') ? 'beside' : 'asis'
      await writeFiles(folder, {
        'lambdactl.yaml': configuration(service, settings),
        'api/index.mjs': handler,
        'api/package.json': '{"private": true, "type": "module", "dependencies": {"price": "1.0.0"}}',
      })
      const packages = { ...price, 'price@1.0.0': { ...price['price@1.0.0'], code: late } }
      await installed(join(folder, 'api'), packages, { '': { price: 'price@1.0.0' } })
      const place = sandbox().place({ folder }, { LAMBDACTL_CACHE_DIR: join(folder, 'cache') })
      expect(await answerFrom(place, 'index.mjs')).toBe(12)
      await runTo(0, ['deploy', '-e', 'test'], place)
      const called = await sandbox().lambda.send(
        new InvokeCommand({ FunctionName: `${service}-api-test`, Qualifier: 'live', Payload: '{}' }),
      )
      expect(Buffer.from(called.Payload ?? []).toString('utf8')).toBe('12')
    },
  )
})

test('include of an external package is enough, and a bundle that lacks it names bundle.external', async () => {
  const folder = await temporaryFolder()
  const binary = '@pic/pic-linux-x64'
  await writeFiles(folder, {
    'lambdactl.yaml': configuration('thumb', 'bundle: {external: [pic]}, include: [node_modules/pic/]'),
    'api/index.ts': "import pic from 'pic'\nexport const handler = async () => pic\n",
    'api/package.json': '{"private": true, "type": "module", "dependencies": {"pic": "1"}}',
    'api/node_modules/pic/package.json': `{"dependencies": {"color": "1"}, "optionalDependencies": {"${binary}": "1"}}`,
    'api/node_modules/pic/index.js': `module.exports = require('color') + require(['${binary}', 'lib.js'].join('/'))`,
    'api/node_modules/color/package.json': '{}',
    'api/node_modules/color/index.js': "module.exports = 'red '",
    [`api/node_modules/${binary}/package.json`]: '{"os": ["linux"], "cpu": ["x64"]}',
    [`api/node_modules/${binary}/lib.js`]: "module.exports = 'picture'",
    [`api/node_modules/${binary}/pic.node`]: '',
  })
  const place = sandbox().place({ folder }, { LAMBDACTL_CACHE_DIR: join(folder, 'cache') })
  expect(await answerFrom(place, 'index.mjs')).toBe('red picture')
  await writeFiles(folder, { 'lambdactl.yaml': configuration('thumb', 'bundle: true') })
  const { stderr } = await runTo(2, ['package'], place)
  expect(stderr).toContain('bundle: {external: [pic]} adds them')
})
