import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvokeCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { sharedCode, sharedProject } from '../packaging/python/shared-project.ts'
import { zipOf } from '../sandbox/lambda/zip.ts'
import { runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()

/** A service with one Python function from the folder `fn`. */
async function service(name: string, files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder()
  const configuration = `service: ${name}
functions:
  main: {source: fn, runtime: python3.11, handler: app.handler}
environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"}
`
  await writeFiles(folder, { 'lambdactl.yaml': configuration, ...files })
  const place = sandbox().place({ folder }, { LAMBDACTL_CACHE_DIR: join(folder, 'cache') })
  return { folder, place, lambdaName: `${name}-main-test` }
}

async function invoke(lambdaName: string, event: object) {
  const input = { FunctionName: lambdaName, Qualifier: 'live', Payload: JSON.stringify(event) }
  const { Payload } = await sandbox().lambda.send(new InvokeCommand(input))
  return JSON.parse(Buffer.from(Payload ?? []).toString('utf8')) as unknown
}

test('a change to a folder behind requirements.txt is a new version', { timeout: 300_000 }, async () => {
  const { folder, place, lambdaName } = await service('orders', {
    'fn/app.py':
      'from shop_rules import discount\n\n\ndef handler(event, context):\n    return {"discount": discount(event["total"])}\n',
    'fn/requirements.txt': '../shared\n',
    ...sharedProject('shared', 5),
  })
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect(await invoke(lambdaName, { total: 200 })).toEqual({ discount: 5 })
  const again = await runTo(0, ['deploy', '-e', 'test'], place)
  expect(again.stdout).toContain('nothing to deploy')
  await writeFile(join(folder, 'shared/shop_rules/__init__.py'), sharedCode(10))
  const changed = await runTo(0, ['deploy', '-e', 'test'], place)
  expect(changed.stdout).not.toContain('nothing to deploy')
  expect(await invoke(lambdaName, { total: 200 })).toEqual({ discount: 10 })
})

test('a folder that is installed as a link is refused by its line', async () => {
  const { place } = await service('linked', {
    'fn/app.py': 'from shop_rules import discount as handler\n',
    'fn/requirements.txt': '# shared\n-e ../shared\n',
  })
  const { stderr } = await runTo(2, ['package'], place)
  expect(stderr).toContain(
    'requirements.txt, line 2: "-e ../shared" installs a link to a folder of this machine',
  )
})

const late =
  'def handler(event, context):\n    from tariffs import price  # loaded late: most calls do not need it\n\n    return price(event["weight"])\n'

test.each([
  [
    'pyproject.toml',
    '[project]\nname = "quote"\nversion = "0.1.0"\nrequires-python = ">=3.11"\nauthors = [{ name = "Shop team" }]\ndependencies = ["tariffs"]\n',
    '',
  ],
  ['Pipfile', '[packages]\ntariffs = "*"\n', 'Pipfile declares dependencies, and nothing installs them'],
])('dependencies of a %s are not left out', async (file, text, message) => {
  const { place } = await service('quote', { 'fn/app.py': late, [`fn/${file}`]: text })
  const { stderr } = await runTo(2, ['package'], place)
  expect(stderr).toContain(message)
  expect(stderr).toContain('requirements: false')
})

const conditional = `from routes import app

try:
    from tracer import wrap

    handler = wrap(app)
except ImportError:
    # Not there on laptops.
    handler = app
`

test.each(['fn', 'fn.zip'])(
  'a handler of %s that is made conditionally is packaged, loaded or not',
  async (source) => {
    const routes = 'def app(event, context):\n    return {"path": event.get("path")}\n'
    const { folder, place } = await service('api', { 'fn/app.py': conditional, 'fn/routes.py': routes })
    const entries = [
      { name: 'app.py', content: conditional },
      { name: 'routes.py', content: routes },
    ]
    await writeFile(join(folder, 'fn.zip'), zipOf(entries))
    const file = join(folder, 'lambdactl.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replace('source: fn', `source: ${source}`))
    await runTo(0, ['package'], place)
    const { stdout, stderr } = await runTo(0, ['package', '--no-load'], place)
    expect(stdout + stderr).toContain('whether app.py defines handler is unknown until it is loaded')
  },
)

test('packages that conda would install are not left out in silence', async () => {
  const { place } = await service('conda', {
    'fn/app.py': 'def handler(event, context): pass\n',
    'fn/environment.yml': 'dependencies: [python, {pip: [tariffs]}]\n',
  })
  const { stderr } = await runTo(2, ['package'], place)
  expect(stderr).toContain('environment.yml declares dependencies, and nothing installs them')
})
