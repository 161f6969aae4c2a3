import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { ForeignFunction } from './adopted.ts'
import { afterPlace, functionsOf, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { answering, makeService } from './service.ts'

const sandbox = useSandbox()

test('diff says what a deploy would do, and exits 1 for that only when it is asked to', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  const before = await runTo(0, ['diff', '-e', 'test'], place)
  expect(before.stdout).toContain('not deployed: everything is new')
  expect(before.stdout).toContain('+ index.mjs')
  const differing = await run(['diff', '-e', 'test', '--exit-code'], place)
  expect({ exitCode: differing.exitCode, talk: afterPlace(differing.stderr) }).toEqual({
    exitCode: 1,
    talk: '',
  })

  await sandbox().deployFirst(service)
  const same = await runTo(0, ['diff', '-e', 'test', '--exit-code'], place)
  expect(same.stdout).toBe(`hello (${service.lambdaName}): the same as version 1 of live\n`)

  await service.writeHandler(answering('something else'))
  await service.write({ 'hello/data.json': '{}' })
  const changed = await runTo(0, ['diff', '-e', 'test'], place)
  expect(changed.stdout).toBe(`hello (${service.lambdaName}): 2 files changed against version 1 of live
  + data.json | 2 B
  ~ index.mjs | 121 B → 132 B
`)
  await service.writeHandler(`${answering('something else')}// \`\`\` @octo/team hunter2-hunter2\n`)
  const inActions = {
    ...place,
    env: { ...place.env, CI: 'true', GITHUB_ACTIONS: 'true', SHOP_PASSWORD: 'hunter2-hunter2' },
  }
  const comment = await runTo(0, ['diff', '-e', 'test', '--markdown', '--patch'], inActions)
  expect(comment.stdout).toMatch(/^<!-- lambdactl diff test -->\n/)
  expect(comment.stdout).toContain(
    '| hello | 2 files changed against version 1 of live | publishes a version |',
  )
  expect(comment.stdout).toContain('\n````diff\n')
  expect(comment.stdout).toContain('\n+// ``` @octo/team ***\n')
  const differs = await run(['diff', '-e', 'test', '--exit-code', '--json'], place)
  expect(differs.exitCode).toBe(1)
  expect(functionsOf(differs)).toMatchObject([{ function: 'hello', deploys: true, code: [{}, {}] }])
})

test('what somebody changed by hand is shown as drift, without any value', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const foreign = new ForeignFunction(sandbox(), service.lambdaName)
  await foreign.updateSettings({
    MemorySize: 256,
    Description: 'ask Ada',
    Environment: { Variables: { API_KEY: 'hush' } },
  })
  await foreign.updateCode([{ name: 'index.mjs', content: answering('a hotfix') }])
  const args = ['diff', '-e', 'test', '--exit-code']
  const kept = await run(args, place)
  expect(kept.exitCode).toBe(1)
  expect(kept.stdout).toBe(`hello (${service.lambdaName}): the same as version 1 of live
  drift: $LATEST differs from version 1; a deploy has nothing to do, and does not change it
  ~ memory 128 MB → 256 MB
  + environment variable API_KEY
  + description none → ask Ada
  ~ index.mjs | 121 B → 126 B
    to keep it, write into lambdactl.yaml:
      environments:
        test:
          functions:
            hello:
              memory: 256
              environment:
                API_KEY: \${env:API_KEY}
              description: ask Ada
    no value of a variable is shown: \${env:NAME} takes it from your environment
    to keep code, add it to the source: --patch shows it
    if not kept, the next release that publishes a version overwrites it
`)
  await service.writeHandler(answering('two'))
  const overwritten = await run([...args, '--json'], place)
  expect(overwritten.stdout).not.toMatch(/hush|downloads/)
  expect(functionsOf(overwritten)).toMatchObject([
    {
      drift: {
        since: '1',
        configuration: [
          { overwritten: true },
          { field: 'environment', name: 'API_KEY', overwritten: true },
          { field: 'description', overwritten: true },
        ],
        keep: { memory: 256, description: 'ask Ada', environment: { API_KEY: '${env:API_KEY}' } },
        code: [{ path: 'index.mjs', overwritten: true }],
      },
    },
  ])
})

test('drift can be written into the file as diff says, and is overwritten by the command that it says', async () => {
  const service = await makeService()
  const place = await sandbox().deployFirst(service)
  const foreign = new ForeignFunction(sandbox(), service.lambdaName)
  await foreign.updateSettings({ MemorySize: 256, Description: 'ask Ada' })
  await service.writeEnvironment('protected: true')
  await service.writeHandler(answering('two'))
  const { stdout } = await runTo(0, ['diff', '-e', 'test'], place)
  expect(stdout).toContain(
    '  a deploy would stop here with exit code 6: drift: this release overwrites changes that were made by hand: memory 256 MB → 128 MB; description ask Ada → none',
  )
  expect(stdout).toContain(
    '    → To release anyway, on record: lambdactl deploy hello --env test --overwrite-drift\n',
  )
  expect(stdout).toContain('    to overwrite it: lambdactl deploy hello --env test --overwrite-drift\n')
  const refused = await runTo(6, ['deploy', '-e', 'test', '--yes'], place)
  expect(refused.stderr).toContain(
    '→ To keep it, write it into lambdactl.yaml; this shows the lines: lambdactl diff hello --env test',
  )

  const path = join(service.folder, 'lambdactl.yaml')
  const lines = /to keep it, write into lambdactl.yaml:\n((?: {6}.*\n)+)/.exec(stdout)?.[1] ?? ''
  const [file, kept] = [await readFile(path, 'utf8'), lines].map((text) => parse(text) as Written)
  Object.assign(file?.environments.test ?? {}, kept?.environments.test)
  await writeFile(path, stringify(file))
  const after = await runTo(0, ['diff', '-e', 'test'], place)
  expect(after.stdout).not.toMatch(/exit 6|overwrite/)
})

interface Written {
  environments: { test: object }
}
