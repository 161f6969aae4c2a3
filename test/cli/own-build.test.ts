import { chmod, readFile, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventsOf, functionsOf, type Place, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()

/** A checkout in which nothing is built yet. Its tools are scripts of these names, which note each of their runs in `runs`. */
async function checkout(functions: string, tools: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder()
  const service = `built${(count += 1)}`
  await writeFiles(folder, {
    'lambdactl.yaml': `service: ${service}
functions:
${functions.trim().replaceAll(/^/gm, '  ')}
environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"}
`,
  })
  for (const [name, text] of Object.entries(tools)) {
    const program = join(folder, 'tools', name)
    await writeFiles(folder, {
      [`tools/${name}`]: `#!/bin/sh -e\necho "$PWD: ${name} $*" >> '${folder}/runs'\n${text}`,
    })
    await chmod(program, 0o755)
  }
  const place = sandbox().place({ folder }, { LAMBDACTL_CACHE_DIR: join(folder, 'cache') })
  const path = `${join(folder, 'tools')}:${place.env['PATH']}`
  const runs = async () =>
    (await readFile(join(folder, 'runs'), 'utf8')).replaceAll(folder, '').trimEnd().split('\n')
  return { folder, service, place: { ...place, env: { ...place.env, PATH: path } }, runs }
}

let count = 0

/** The files of each package, after a run that has to succeed. */
async function packaged(place: Place): Promise<Record<string, string[]>> {
  const found = functionsOf(await runTo(0, ['package', '--json'], place)) as {
    function: string
    largest: { path: string }[]
  }[]
  return Object.fromEntries(
    found.map(({ function: name, largest }) => [name, largest.map(({ path }) => path)]),
  )
}

/** Makes the start program of each of these functions, as a compiler would. */
const compile = `for name in api worker; do
  mkdir -p target/lambda/$name
  { echo '#!/bin/sh'; cat src/main.rs; } > target/lambda/$name/bootstrap
done
`

describe('on a clean checkout', () => {
  test('cargo lambda makes two functions, once, also when both are released side by side', async () => {
    const rust = 'runtime: provided.al2023, build: [cargo, lambda, build]'
    const { folder, service, place, runs } = await checkout(
      `api: {source: target/lambda/api, ${rust}}\nworker: {source: target/lambda/worker, ${rust}}`,
      { cargo: compile },
    )
    await writeFiles(folder, { 'src/main.rs': 'echo one\n' })
    const { stderr } = await runTo(0, ['deploy', '-e', 'test'], place)
    expect(stderr.match(/building with cargo/g)).toHaveLength(1)
    expect(await runs()).toEqual([': cargo lambda build'])
    expect((await runTo(0, ['deploy', '-e', 'test'], place)).stdout).toContain('nothing to deploy')
    await writeFiles(folder, { 'src/main.rs': 'echo two\n' })
    await runTo(0, ['deploy', '-e', 'test'], place)
    await sandbox().expectAlias(`${service}-api-test`, '2')
    await sandbox().expectAlias(`${service}-worker-test`, '2')
  })

  test('sam build makes the folder, and where it is made once it is made again', async () => {
    const { place, runs } = await checkout(
      'api: {source: .aws-sam/build/Api, runtime: python3.13, handler: app.handler, requirements: false, build: [sam, build, Api]}',
      {
        sam: "rm -rf .aws-sam\nmkdir -p .aws-sam/build/Api\necho 'def handler(event, context): return 1' > .aws-sam/build/Api/app.py\n",
      },
    )
    expect(await packaged(place)).toEqual({ api: ['app.py'] })
    expect(await packaged(place)).toEqual({ api: ['app.py'] })
    expect(await runs()).toEqual([': sam build Api', ': sam build Api'])
  })

  test('serverless package makes the zip', async () => {
    const { folder, place } = await checkout(
      'api: {source: .serverless/api.zip, runtime: python3.13, handler: app.handler, build: [serverless, package]}',
      {
        serverless: `mkdir -p .serverless
python3 -c 'import zipfile; zipfile.ZipFile(".serverless/api.zip", "w").write("app.py")'
`,
      },
    )
    await writeFiles(folder, { 'app.py': 'def handler(event, context): return 1\n' })
    expect(await packaged(place)).toEqual({ api: ['app.py'] })
  })

  test("turbo makes a workspace's dist in a folder that the file names", async () => {
    const { folder, place, runs } = await checkout(
      `api: {source: "packages/\${function}/dist", runtime: nodejs24.x, handler: index.handler, build: {run: [turbo, build, --filter, "\${function}"], in: packages}}`,
      { turbo: 'mkdir -p api/dist\ncp api/src.mjs api/dist/index.mjs\n' },
    )
    await writeFiles(folder, { 'packages/api/src.mjs': answering('built') })
    expect(await packaged(place)).toMatchObject({ api: [expect.stringContaining('index.mjs')] })
    expect(await runs()).toEqual(['/packages: turbo build --filter api'])
  })

  test('an asset of cdk synth, whose name changes with its content, is copied by the script of the documentation', async () => {
    const documentation = await readFile(join(import.meta.dirname, '../../docs/packaging.md'), 'utf8')
    const [, script = ''] = /```js\n(.*?cdk.*?)```/s.exec(documentation) ?? []
    const resource = { Metadata: { 'aws:cdk:path': 'Shop/Api/Resource', 'aws:asset:path': 'asset.0a1b2c' } }
    const { folder, place } = await checkout(
      'api: {source: dist/api, runtime: nodejs24.x, handler: index.handler, bundle: false, build: [node, scripts/cdk-asset.mjs]}',
      {
        npx: `mkdir -p cdk.out/asset.0a1b2c
cp handler.mjs cdk.out/asset.0a1b2c/index.mjs
echo '${JSON.stringify({ Resources: { Role: {}, Api: resource } })}' > cdk.out/Shop.template.json
`,
      },
    )
    await writeFiles(folder, { 'handler.mjs': answering('built'), 'scripts/cdk-asset.mjs': script })
    expect(await packaged(place)).toEqual({ api: ['index.mjs'] })
  })
})

describe('a build that does not make the source', () => {
  const zip =
    'source: out/api.zip, runtime: nodejs24.x, handler: index.handler, build: [make, lambda], bundle: false'

  test('is named with what it was to make and what is there, and nothing is released', async () => {
    const { folder, place } = await checkout(`api: {${zip}}`, { make: 'mkdir -p out\ntouch out/apis.zip\n' })
    const { stderr } = await runTo(2, ['deploy', '-e', 'test'], place)
    expect(stderr).toContain(
      `build: (make in ${folder}) ended well, but did not make ${folder}/out/api.zip: expected a file, got nothing; ${folder}/out has apis.zip.`,
    )
  })

  test('fails for all that share it, told once, though older builds of them are there', async () => {
    const { folder, place } = await checkout(`api: {${zip}}\nadmin: {${zip.replace('out/api.zip', 'out')}}`, {
      make: 'echo "token: $API_TOKEN"\necho "src/api.ts:3: no such type" >&2\nexit 2\n',
    })
    await writeFiles(folder, { 'out/index.mjs': answering('of an older build'), 'out/api.zip': 'older' })
    const env = { ...place.env, API_TOKEN: 'tea-leaves-4711' }
    const { stderr } = await runTo(2, ['deploy', '-e', 'test'], { ...place, env })
    const failed = `build: (make in ${folder}) exited with 2.\ntoken: ***\nsrc/api.ts:3: no such type\n`
    expect(stderr).toContain(`\nError: 2 of 2 functions failed.\napi, admin: ${failed}  → `)
    expect(stderr).not.toContain('packaged')
    const json = eventsOf(await run(['deploy', '-e', 'test', '--json'], { ...place, env }))
    expect(json.at(-1)).toMatchObject({
      event: 'error',
      failures: [
        { function: 'api', code: 'PACKAGE_INVALID' },
        { function: 'admin', code: 'PACKAGE_INVALID' },
      ],
    })
  })

  test('that is not run leaves a missing source, which is said', async () => {
    const { folder, place } = await checkout(`api: {${zip}}`, { make: 'exit 1\n' })
    const missing = `build: was not run and ${folder}/out/api.zip is not there`
    expect((await runTo(0, ['diff', '-e', 'test', '--no-build'], place)).stdout).toContain(missing)
    const planned = await runTo(0, ['deploy', '-e', 'test', '--dry-run', '--no-build'], place)
    expect(planned.stderr).toContain(missing)
  })

  test('and a source that no command makes is missing with the way to name one', async () => {
    const { place } = await checkout('api: {source: dist, runtime: nodejs24.x, handler: index.handler}', {})
    const { stderr } = await runTo(2, ['package'], place)
    expect(stderr).toContain('expected a folder with files or a .zip, got nothing')
    expect(stderr).toContain('→ If a command makes it, name the command: build: [npm, run, build].')
  })
})

test('a build whose result is a link is packaged as it is', async () => {
  const { folder, place } = await checkout(
    'api: {source: result, runtime: nodejs24.x, handler: index.handler, bundle: false, build: [nix, build]}',
    { nix: 'mkdir -p store/api\ncp handler.mjs store/api/index.mjs\nln -sfn store/api result\n' },
  )
  await writeFiles(folder, { 'handler.mjs': answering('built') })
  expect(await packaged(place)).toEqual({ api: ['index.mjs'] })
  await rm(join(folder, 'result'))
  await symlink('nowhere', join(folder, 'result'))
  expect(await packaged(place)).toEqual({ api: ['index.mjs'] })
})
