import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runTo } from './cli.ts'
import { temporaryFolder, writeFiles } from './service.ts'

const service = (bundle: string) => `service: texts
functions:
  report:
    source: fn
    runtime: nodejs24.x
    handler: src/report.handler
    role: arn:aws:iam::000000000000:role/any
${bundle}environments:
  sandbox: {region: eu-west-1}
`

test('a text asset is refused with the line to add, and that line takes it in', async () => {
  const folder = await temporaryFolder()
  await writeFiles(folder, {
    'lambdactl.yaml': service(''),
    'fn/src/report.ts':
      "import daily from './daily.sql'\nexport const handler = async () => ({ query: daily.trim() })\n",
    'fn/src/daily.sql': 'select count(*) from orders where day = $1\n',
  })
  const place = { cwd: folder, env: { ...process.env, LAMBDACTL_CACHE_DIR: join(folder, 'cache') } }
  const refused = await runTo(2, ['package'], place)
  expect(refused.stderr).toContain(
    'src/report.ts:1:19: No loader is configured for ".sql" files: src/daily.sql',
  )
  const [line] = /bundle: \{loader: .*\}$/m.exec(refused.stderr) ?? []
  expect(line).toBe('bundle: {loader: {".sql": text}}')
  await writeFiles(folder, { 'lambdactl.yaml': service(`    ${line}\n`) })
  await runTo(0, ['package'], place)
  await writeFiles(folder, { 'lambdactl.yaml': service('    bundle: {loader: {sql: text}}\n') })
  expect((await runTo(2, ['package'], place)).stderr).toMatch(/expected an ending, as in "\.sql"/)
  await writeFiles(folder, { 'lambdactl.yaml': service('    bundle: {loader: {".sql": words}}\n') })
  expect((await runTo(2, ['package'], place)).stderr).toMatch(/text.*json.*binary.*got "words"/)
})
