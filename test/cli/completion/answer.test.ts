import { chmod, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Place, runTo } from '../cli.ts'
import { useSandbox } from '../sandbox.ts'
import { makeService } from '../service.ts'

const sandbox = useSandbox()

/** The lines that a shell gets for words, of which the last one is at the cursor. */
async function answered(words: string[], place: Place, shell = 'zsh'): Promise<string[]> {
  const asked = ['__complete', shell, ...words.slice(0, -1), `:${words.at(-1) ?? ''}`]
  const { stdout, stderr } = await runTo(0, asked, place)
  expect(stderr).toBe('')
  return stdout.trimEnd().split('\n')
}

test('functions, environments, Regions and profiles come from the files', async () => {
  const service = await makeService()
  await service.write({
    aws: '[profile work]\nregion = eu-west-1\n[profile odd $(name)]\nregion = eu-west-1\n',
  })
  const place = sandbox().place(service, { AWS_CONFIG_FILE: join(service.folder, 'aws') })
  expect(await answered(['status', ''], place)).toEqual(['words', 'hello'])
  expect(await answered(['status', '--env='], place)).toEqual(['words', '--env=test'])
  expect(await answered(['status', '--env', '=', ''], place, 'bash')).toEqual(['words', 'test'])
  expect(await answered(['status', '--region', ''], place)).toEqual(['words', 'eu-west-1'])
  expect(await answered(['status', '--profile', ''], place)).toEqual(['words', 'work'])
  expect(await answered(['package', '--out', ''], place)).toEqual(['files'])
  expect(await answered(['rollb'], place)).toEqual([
    expect.stringMatching(/^words$/),
    expect.stringMatching(/^rollback\t/),
  ])
})

test('a file that is wrong, missing or no file gives no names and no message', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  await service.write({ 'broken.yaml': 'functions: {checkout: {a: [}\n  - :', 'list.yaml': '- functions' })
  for (const config of ['broken.yaml', 'list.yaml', 'none.yaml', '.']) {
    const [first, ...names] = await answered(['status', '--config', config, ''], place)
    expect(first).toBe('words')
    expect(names).not.toContain('hello')
  }
})

test('versions and releases come from what commands saw, and the memory is its user’s alone', async () => {
  const service = await makeService()
  const place = sandbox().place(service)
  const versions = ['rollback', 'hello', '--to', '']
  expect(await answered(versions, place)).toEqual(['words'])
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect(await answered(versions, place)).toEqual(['words', '1'])
  expect(await answered(['rollback', 'other', '--to', ''], place)).toEqual(['words'])
  const { description } = await sandbox().alias(service.lambdaName)
  const [, release = ''] = await answered(['canary', 'report', 'hello', ''], place)
  expect(release).toMatch(/^[0-9a-z]{8}$/)
  expect(description).toContain(release)

  const folder = join(service.folder, '.cache', 'lambdactl', 'seen')
  const [file = '', ...others] = await readdir(folder)
  expect(others).toEqual([])
  expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)

  await chmod(folder, 0o777)
  expect(await answered(versions, place)).toEqual(['words'])
  await chmod(folder, 0o700)
  await writeFile(join(folder, file), '{"hello":')
  expect(await answered(versions, place)).toEqual(['words'])
})
