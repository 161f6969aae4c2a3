import { expect, test } from 'vitest'
import { ForeignFunction } from './adopted.ts'
import { functionsOf, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService, type Service } from './service.ts'

const sandbox = useSandbox()
const patch = ['diff', '-e', 'test', '--patch']

/** The patch, without the summary above it. */
const textOf = (stdout: string) => stdout.slice(stdout.indexOf('\n\n') + 2)

test('diff --patch shows what a deploy changes, and what somebody changed by hand, as text', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const same = await runTo(0, patch, place)
  expect(same.stdout).toBe(`hello (${service.lambdaName}): the same as version 1 of live\n`)

  await service.writeHandler(answering('two'))
  await service.write({ 'hello/logo.png': Buffer.from([0, 1, 2]) })
  const foreign = new ForeignFunction(sandbox(), service.lambdaName)
  await foreign.updateCode([{ name: 'index.mjs', content: answering('a hotfix\u001b[2J') }])
  const { stdout } = await runTo(0, patch, place)
  expect(textOf(stdout)).toBe(`version 1 → the code here

index.mjs
--- a/index.mjs
+++ b/index.mjs
@@ -1,4 +1,4 @@
 export const handler = async ({ name = 'nobody' }) => {
   console.log('greeting', name)
-  return { text: "one", name }
+  return { text: "two", name }
 }

logo.png
not text: nothing → 3 bytes, sha256 ae4b3280e56e2faf

drift: version 1 → $LATEST

index.mjs
--- a/index.mjs
+++ b/index.mjs
@@ -1,4 +1,4 @@
 export const handler = async ({ name = 'nobody' }) => {
   console.log('greeting', name)
-  return { text: "one", name }
+  return { text: "a hotfix\\u001b[2J", name }
 }
`)
  const json = await run([...patch, '--json', '--no-build'], place)
  expect(functionsOf(json)).toMatchObject([
    {
      patch: [{ path: 'index.mjs', text: expect.stringContaining('+  return { text: "two"') as string }, {}],
      drift: { patch: [{ path: 'index.mjs' }] },
    },
  ])
  const plain = await run(['diff', '-e', 'test', '--json'], place)
  expect(plain.stdout).not.toContain('"patch"')
})

async function bundled(service: Service, text: string): Promise<void> {
  const name = service.lambdaName.replace(/-hello-test$/, '')
  await service.write({
    'lambdactl.yaml': `service: ${name}
functions:
  hello: {source: hello, runtime: nodejs24.x, handler: index.handler, bundle: {sourcemap: true, minify: true}, environment: {TOKEN: hush-hush-hush}}
environments:
  test: {region: eu-west-1, role: "arn:aws:iam::000000000000:role/app"}
`,
    'hello/src/greet.ts': `// A secret that slipped in: hush-hush-hush\nexport const greet = (): string => '${text}'\n`,
    'hello/index.ts': "import { greet } from './src/greet.ts'\nexport const handler = async () => greet()\n",
  })
}

test('a minified bundle with a source map is shown by its sources, without secrets', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  await bundled(service, 'one')
  await service.write({ 'hello/index.mjs': '' })
  await runTo(0, ['deploy', '-e', 'test'], place)
  await bundled(service, 'two')
  const { stdout } = await runTo(0, patch, place)
  expect(textOf(stdout)).toMatch(
    /^version 1 → the code here\n\n\S*src\/greet\.ts \(a source of index\.mjs\)\n--- a\/\S+\n\+\+\+ b\/\S+\n@@ -1,2 \+1,2 @@\n \/\/ A secret that slipped in: \*\*\*\n-export const greet = \(\): string => 'one'\n\+export const greet = \(\): string => 'two'\n$/,
  )
})
