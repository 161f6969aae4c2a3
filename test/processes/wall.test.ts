import { execFile } from 'node:child_process'
import { chmod, chown, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { findWall, hasWall, type Program } from '../../src/processes/wall.ts'
import { temporaryFolder } from '../cli/service.ts'

const wall = await findWall()

/** Runs a script of Node's behind the wall, with the home folder of this process at `home`. */
async function behind(script: string, home: string, changed: Partial<Program> = {}) {
  vi.stubEnv('HOME', home)
  onTestFinished(() => void vi.unstubAllEnvs())
  const variables = { PATH: process.env['PATH'] ?? '', HOME: '/nowhere' }
  const plain = { file: process.execPath, args: ['-p', script], directory: home, variables, ...changed }
  const { file, args, directory, variables: env } = wall?.(plain) ?? plain
  return (await promisify(execFile)(file, [...args], { cwd: directory, env })).stdout.trim()
}

const readAll = (path: string) => `
  const fs = require('node:fs')
  try { fs.statSync(${JSON.stringify(path)}).isDirectory() ? fs.readdirSync(${JSON.stringify(path)}).join() : fs.readFileSync(${JSON.stringify(path)}, 'utf8') } catch (error) { error.code }`

test.runIf(wall)(
  'credentials of the home folder are hidden, in folders, files and behind links',
  async () => {
    const home = await temporaryFolder()
    await mkdir(join(home, 'elsewhere'))
    await writeFile(join(home, 'elsewhere', 'credentials'), 'secret')
    await symlink('elsewhere', join(home, '.aws'))
    await writeFile(join(home, '.netrc'), 'secret')
    expect(await behind(readAll(join(home, '.aws')), home)).toBe('')
    expect(await behind(readAll(join(home, 'elsewhere')), home)).toBe('')
    expect(await behind(readAll(join(home, '.netrc')), home)).toBe('')
    // Only there: the files themselves stay.
    expect(await readFile(join(home, '.aws', 'credentials'), 'utf8')).toBe('secret')
    expect(await readFile(join(home, '.netrc'), 'utf8')).toBe('secret')
  },
)

test.runIf(wall)(
  'so are those of other tools, and what the user trusts, which no handler may add to',
  async () => {
    const home = await temporaryFolder()
    const trusted = join(home, '.local', 'share', 'lambdactl', 'trusted')
    await mkdir(trusted, { recursive: true })
    await mkdir(join(home, 'data', 'lambdactl'), { recursive: true })
    await writeFile(join(home, '.pgpass'), 'secret')
    vi.stubEnv('XDG_DATA_HOME', join(home, 'data'))
    expect(await behind(readAll(join(home, '.pgpass')), home)).toBe('')
    for (const folder of [trusted, join(home, 'data', 'lambdactl')]) {
      const add = `try { require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'me'))}, '') } catch { 'refused' }`
      expect(await behind(add, home, { directory: '/' })).toBe('refused')
    }
  },
)

test.runIf(wall)('so is what a variable names, but not what the program has to reach', async () => {
  const home = await temporaryFolder()
  const file = join(home, 'my-credentials')
  await writeFile(file, 'secret')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', file)
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null')
  vi.stubEnv('XDG_RUNTIME_DIR', home)
  expect(await behind(readAll(file), home)).toBe('')
  expect(await behind(readAll(home), home)).toBe('my-credentials')
  expect(await behind(readAll(home), home, { directory: '/' })).toBe('')
})

test.runIf(wall)('it can neither be taken down from within, nor looked over', async () => {
  const home = await temporaryFolder()
  await mkdir(join(home, '.aws'))
  await writeFile(join(home, '.aws', 'credentials'), 'secret')
  const umount = `umount ${join(home, '.aws')} 2>&1; unshare -Urm umount ${join(home, '.aws')} 2>&1; cat ${join(home, '.aws', 'credentials')} /proc/*/environ /proc/*/root${join(home, '.aws', 'credentials')} 2>/dev/null; true`
  const script = `require('node:child_process').execFileSync('sh', ['-c', ${JSON.stringify(umount)}]).toString('latin1')`
  const said = await behind(script, home)
  expect(said).not.toContain('secret')
  // Its own variables are all that it reads, and not those that this process was started with.
  expect(said).toContain('HOME=/nowhere')
  expect(said).not.toContain('VITEST')
})

test.runIf(wall)('variables, user, process id, arguments and exit code are the same as without', async () => {
  const home = await temporaryFolder()
  await mkdir(join(home, '.ssh'))
  const variables = { PATH: '/usr/bin', LD_LIBRARY_PATH: '/opt/lib', PWD: '/else', ODD: ' a \'b"\n=' }
  const script = 'JSON.stringify([process.env, process.argv.slice(1), process.getuid()])'
  const told = await behind(script, home, { args: ['-p', script, '$HOME', ''], variables })
  expect(JSON.parse(told)).toEqual([variables, ['$HOME', ''], process.getuid?.()])
  const failing = behind('process.exit(129)', home)
  await expect(failing).rejects.toMatchObject({ code: 129 })
  const killed = behind("process.kill(process.pid, 'SIGKILL')", home)
  await expect(killed).rejects.toMatchObject({ code: null, signal: 'SIGKILL' })
  const missing = behind('', home, { file: 'no-such-program' })
  await expect(missing).rejects.toMatchObject({ code: 'ENOENT' })
})

test.runIf(wall)(
  'what a function sets for the loader of programs is not obeyed by the wall itself',
  async () => {
    const home = await temporaryFolder()
    const traced = { PATH: '/usr/bin', LD_DEBUG: 'files', LD_DEBUG_OUTPUT: join(home, 'trace') }
    await behind('1', home, { variables: traced })
    const { stdout } = await promisify(execFile)('sh', ['-c', `cat ${join(home, 'trace')}.*`])
    expect(stdout).toContain('node')
    expect(stdout).not.toContain('/unshare')
  },
)

test.runIf(wall && process.getuid?.() === 0)('users who are not root have one, too', async () => {
  const home = await temporaryFolder()
  await mkdir(join(home, '.aws'))
  await writeFile(join(home, '.aws', 'credentials'), 'secret')
  await chmod(home, 0o755)
  const module = new URL('../../src/processes/wall.ts', import.meta.url).href
  const script = `
    import { execFileSync } from 'node:child_process'
    const wall = await (await import(${JSON.stringify(module)})).findWall()
    const cat = 'cat ${join(home, '.aws', 'credentials')} /proc/*/environ 2>/dev/null; true'
    const { file, args, variables } = wall({ file: 'sh', args: ['-c', cat], directory: '/', variables: { PATH: '/usr/bin:/bin' } })
    console.log(execFileSync(file, args, { env: variables }).toString('latin1'))`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', '--experimental-strip-types', '--input-type=module', '-e', script],
    { uid: 12_345, gid: 12_345, cwd: '/', env: { PATH: '/usr/bin:/bin', HOME: home, TOKEN: 'secret' } },
  )
  expect(stdout).toContain('PATH=/usr/bin:/bin')
  expect(stdout).not.toContain('secret')
})

test.runIf(wall && process.getuid?.() === 0)(
  'root is told where the folders of another user keep it out',
  async () => {
    const home = await temporaryFolder()
    await mkdir(join(home, 'state'))
    expect(await hasWall(join(home, 'state'))).toBe(true)
    await chown(home, 12_345, 12_345)
    expect(await hasWall(join(home, 'state'))).toBe(false)
    await chmod(home, 0o711)
    expect(await hasWall(join(home, 'state'))).toBe(true)
  },
)

test.runIf(wall)('it is found also where Node itself is below the folder for temporary files', async () => {
  const module = JSON.stringify(join(import.meta.dirname, '../../src/processes/wall.ts'))
  const script = `import(${module}).then(async ({ findWall }) => console.log((await findWall()) !== undefined))`
  const env = { PATH: process.env['PATH'] ?? '', TMPDIR: join(process.execPath, '../..') }
  expect((await promisify(execFile)(process.execPath, ['-e', script], { env })).stdout).toBe('true\n')
})
