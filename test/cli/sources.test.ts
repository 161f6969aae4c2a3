import { access, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvokeCommand } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { writeWheel } from '../packaging/wheel.ts'
import { isAlive } from '../sandbox/execution/processes.ts'
import { eventsOf, functionsOf, type Place, run, runTo, start } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()

let count = 0

/** A service with one function, `hello`, of these fields, and its name in Lambda. */
async function serviceOf(fields: string, files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder()
  const name = `made${(count += 1)}`
  const configuration = `service: ${name}
functions:
  hello:
${fields.trimEnd().replaceAll(/^/gm, '    ')}
environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"}
`
  await writeFiles(folder, { 'lambdactl.yaml': configuration, ...files })
  const place = sandbox().place({ folder }, { LAMBDACTL_CACHE_DIR: join(folder, 'cache') })
  return { folder, place, lambdaName: `${name}-hello-test` }
}

async function invoke(lambdaName: string, event: object) {
  const { Payload } = await sandbox().lambda.send(
    new InvokeCommand({ FunctionName: lambdaName, Qualifier: 'live', Payload: JSON.stringify(event) }),
  )
  return JSON.parse(Buffer.from(Payload ?? []).toString('utf8')) as unknown
}

test('a Python function is deployed with a wheel that requirements.txt names, and uses it', async () => {
  const { folder, place, lambdaName } = await serviceOf(
    'source: app\nruntime: python3.13\nhandler: index.handler',
    {
      'app/index.py':
        "from greetings import greet\ndef handler(event, context):\n    return greet(event['name'])\n",
      'app/requirements.txt': '--no-index\n--find-links ../wheels\ngreetings==1.0\n',
    },
  )
  await writeWheel(join(folder, 'wheels/greetings-1.0-py3-none-any.whl'), {
    'greetings/__init__.py': "def greet(name):\n    return 'hello ' + name\n",
  })
  const { stderr } = await runTo(0, ['deploy', '-e', 'test'], place)
  expect(stderr).toMatch(/installing requirements\.txt with (pip|uv) \d/)
  expect(await invoke(lambdaName, { name: 'Ada' })).toBe('hello Ada')
  const again = await runTo(0, ['deploy', '-e', 'test'], place)
  expect(again.stderr).toContain('packages for Python 3.13 on x86_64 from the cache')
  expect(again.stdout).toContain('nothing to deploy')
})

const bootstrap = `#!/usr/bin/env python3
import json, os, urllib.request
api = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API'] + '/2018-06-01/runtime/invocation/'
while True:
    with urllib.request.urlopen(api + 'next') as request:
        event, id = json.load(request), request.headers['Lambda-Runtime-Aws-Request-Id']
    urllib.request.urlopen(api + id + '/response', json.dumps({'built': event['name']}).encode())
`

describe('a provided function with a build command', () => {
  const fields = `source: app
runtime: provided.al2023
build: {run: [node, build.mjs, "quoted ; argument"], in: app}
include: [bootstrap, data/]`
  const build = (bytes: string) => `import { writeFileSync, mkdirSync } from 'node:fs'
console.log('a lot of noise')
mkdirSync('data', { recursive: true })
writeFileSync('data/argument', process.argv[2])
writeFileSync('bootstrap', ${bytes}, { mode: 0o644 })
`

  test('is built, packaged with what include names, and runs', async () => {
    const { folder, place, lambdaName } = await serviceOf(fields, {
      'app/build.mjs': build(JSON.stringify(bootstrap)),
    })
    const { stderr } = await runTo(0, ['deploy', '-e', 'test'], place)
    expect(stderr).toContain('building with node')
    expect(stderr).toContain('packaged 2 files')
    expect(stderr).not.toContain('a lot of noise')
    expect(await readFile(join(folder, 'app/data/argument'), 'utf8')).toBe('quoted ; argument')
    expect(await invoke(lambdaName, { name: 'Ada' })).toEqual({ built: 'Ada' })
  })

  test('is refused with the end of the output where the build fails, and nothing is made', async () => {
    const { place, lambdaName } = await serviceOf(fields, {
      'app/build.mjs': "console.error('main.go:3: undefined: x')\nprocess.exit(2)\n",
    })
    const { stderr } = await runTo(2, ['deploy', '-e', 'test'], place)
    expect(stderr).toMatch(/build: \(node in \S+app\) exited with 2\.\n(\S.*\n)*main\.go:3: undefined: x\n/)
    await expect(invoke(lambdaName, {})).rejects.toThrow('Function not found')
  })

  test('is refused where its bootstrap is for another machine', async () => {
    const { place } = await serviceOf(fields, {
      'app/build.mjs': build("Buffer.from('cffaedfe0c00000100000000', 'hex')"),
    })
    const { stderr } = await runTo(2, ['package'], place)
    expect(stderr).toContain('got a Mach-O binary for macOS')
  })

  test('leaves no build behind when package is interrupted', async () => {
    const { folder, place } = await serviceOf(
      'source: app\nruntime: provided.al2023\nbuild: {run: [node, build.mjs], in: app}',
      {
        'app/build.mjs':
          "import { writeFileSync } from 'node:fs'\nwriteFileSync('pid', String(process.pid))\nsetInterval(() => {}, 1000)\n",
      },
    )
    const running = start(['package'], place)
    await running.says(/building with node/)
    const pid = join(folder, 'app/pid')
    await expect.poll(() => readFile(pid, 'utf8').catch(() => ''), { timeout: 10_000 }).not.toBe('')
    running.child.kill('SIGINT')
    const { exitCode } = await running.ended
    expect(exitCode).toBe(130)
    const built = Number(await readFile(pid, 'utf8'))
    await expect.poll(() => isAlive(built), { timeout: 10_000 }).toBe(false)
  })
})

describe('a handler that does not start', () => {
  const service = () =>
    serviceOf('source: app\nruntime: nodejs24.x\nhandler: index.handler\nbundle: false', {
      'app/index.mjs':
        "if (!process.env.LICENCE) throw new Error('LICENCE is not set')\nexport const handler = () => 1\n",
    })

  test('is not deployed', async () => {
    const { place, lambdaName } = await service()
    const { stderr } = await runTo(2, ['deploy', '-e', 'test'], place)
    expect(stderr).toContain('LICENCE is not set')
    expect(stderr).toContain('--no-load')
    await expect(invoke(lambdaName, {})).rejects.toThrow('Function not found')
  })

  test('is with --no-load', async () => {
    const { place } = await service()
    for (const args of [
      ['package'],
      ['deploy', '-e', 'test'],
      ['canary', 'hello', '-e', 'test', '--dry-run'],
    ]) {
      expect((await runTo(0, [...args, '--no-load'], place)).stderr).not.toContain('LICENCE')
    }
  })
})

describe('an image', () => {
  const uri = (digit: string) =>
    `000000000000.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${digit.repeat(64)}`
  const write = (folder: string, place: Place, fields: string) =>
    writeFile(
      join(folder, 'lambdactl.yaml'),
      `service: image\nfunctions: {hello: {${fields}}}\nenvironments: {test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"}}\n`,
    ).then(() => place)

  test('is released, released again and rolled back; the sandbox keeps it and says that it can not run it', async () => {
    const { folder, place } = await serviceOf('image: x', {})
    await write(folder, place, `image: "${uri('a')}"`)
    await runTo(0, ['deploy', '-e', 'test'], place)
    expect((await runTo(0, ['deploy', '-e', 'test'], place)).stdout).toContain('nothing to deploy')
    await write(folder, place, `image: {uri: "${uri('b')}", command: [app.main]}`)
    await runTo(0, ['deploy', '-e', 'test'], place)
    await sandbox().expectAlias('image-hello-test', '2')
    await runTo(0, ['rollback', 'hello', '-e', 'test'], place)
    await sandbox().expectAlias('image-hello-test', '1')
    expect(await invoke('image-hello-test', {})).toMatchObject({
      errorMessage: expect.stringContaining("The sandbox can't run container images") as string,
    })
    await write(folder, place, 'source: app, runtime: nodejs24.x, handler: index.handler')
    await writeFiles(folder, { 'app/index.mjs': 'export const handler = () => 1' })
    const { stderr } = await runTo(2, ['deploy', '-e', 'test'], place)
    expect(stderr).toContain("was created with an image, and Lambda can't change that")
  })

  test('has nothing to package', async () => {
    const { folder, place } = await serviceOf('image: x', {})
    await write(folder, place, `image: "${uri('a')}"`)
    const { stderr } = await runTo(2, ['package'], place)
    expect(stderr).toContain('There is nothing to package: hello is an image.')
  })
})

test('package leaves out code that is no source here: the folder of lambdactl.yaml is never packed for it', async () => {
  const { folder, place } = await serviceOf('image: x', { 'lambdactl.js': 'exports.handler = () => 1\n' })
  const code = 'manages: code, runtime: nodejs24.x, handler: lambdactl.handler'
  for (const [source, words] of [
    ['', 'hello has no source, so it takes the code of $LATEST'],
    ['source: "s3://builds/hello.zip", ', 'hello is a zip in S3 (s3://builds/hello.zip)'],
  ] as const) {
    const configuration = `service: made\nfunctions:\n  hello: {${source}${code}}\nenvironments:\n  test: {region: eu-west-1}\n`
    await writeFiles(folder, { 'lambdactl.yaml': configuration })
    const { stderr } = await runTo(2, ['package', '--no-load'], place)
    expect(stderr).toContain(`There is nothing to package: ${words}.`)
  }
})

test('package --analyze shows the size of each part, and why it is there', async () => {
  const { folder, place } = await serviceOf('source: app\nruntime: nodejs24.x\nhandler: index.handler', {
    'app/index.ts': "import { big } from './lib/big.ts'\nexport const handler = () => big\n",
    'app/lib/big.ts': "import dep from 'dep'\nexport const big = dep\n",
    'app/node_modules/dep/package.json': '{"main": "main.js"}',
    'app/node_modules/dep/main.js': `module.exports = ${JSON.stringify('x'.repeat(10_000))}`,
  })
  const { stdout } = await runTo(0, ['package', '--analyze'], place)
  expect(stdout).toMatch(/10\.\d kB\s+\d+% {2}node_modules\/dep {2}imported by index\.ts → lib\/big\.ts/)
  const json = await runTo(0, ['package', '--analyze', '--json'], place)
  const [summary] = functionsOf(json) as [{ sizes: object[] }]
  expect(summary.sizes[0]).toMatchObject({
    path: 'node_modules/dep',
    files: 1,
    because: ['index.ts', 'lib/big.ts'],
  })
  await expect(access(join(folder, 'cache/python'))).rejects.toThrow('ENOENT')
})

test('deploy --json tells how the package was made', async () => {
  const { place } = await serviceOf('source: app\nruntime: nodejs24.x\nhandler: index.handler', {
    'app/index.ts': "import { S3 } from '@aws-sdk/client-s3'\nexport const handler = () => new S3({})\n",
  })
  const finished = await run(['deploy', '-e', 'test', '--json'], place)
  expect(finished.exitCode).toBe(0)
  expect(eventsOf(finished)).toContainEqual(
    expect.objectContaining({
      event: 'noted',
      text: "the AWS SDK is the runtime's own, not in the bundle (bundle: {sdk: bundle} adds it)",
    }),
  )
})
