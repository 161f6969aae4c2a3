import { execFile, spawn } from 'node:child_process'
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, onTestFinished, test } from 'vitest'
import { program, type Running, run, runTo, start, watched } from './cli.ts'
import { makeService, type Service, temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

interface Started {
  running: Running
  home: string
  url: string
  accessKey: string
  keyFile: string
}

/** Credentials as of a real account, which a sandbox neither knows nor should ever see. */
const ambient = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'of a real account' }

async function startSandbox(): Promise<Started> {
  const home = await temporaryFolder()
  const place = { cwd: home, env: variables(home) }
  const running = start(['sandbox', 'start', '--port', '0', '--json'], place)
  const [line] = await running.says(/^.*\n/)
  const { url, accessKey } = JSON.parse(line) as { url: string; accessKey: string }
  const keyFile = join(home, '.local/state/lambdactl/sandboxes', `${new URL(url).port}.json`)
  return { running, home, url, accessKey, keyFile }
}

/** Calls the sandbox with an access key. Returns `taken`, or the name of the error. */
async function callWith(accessKeyId: string, endpoint: string): Promise<string> {
  const client = new STSClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId, secretAccessKey: accessKeyId },
    maxAttempts: 1,
  })
  onTestFinished(() => client.destroy())
  return await client.send(new GetCallerIdentityCommand({})).then(
    () => 'taken',
    (error: Error) => error.name,
  )
}

const environmentOf = ({ home }: Started, service: Service, extra: NodeJS.ProcessEnv = {}) => ({
  cwd: service.folder,
  env: { ...variables(service.folder), HOME: home, ...ambient, ...extra },
})

test('the key is random, and in a file that only its user reads, for as long as the sandbox runs', async () => {
  const sandbox = await startSandbox()
  const { accessKey, keyFile, running, url } = sandbox
  expect(accessKey).toMatch(/^\w{30,}$/)
  expect((await startSandbox()).accessKey).not.toBe(accessKey)
  expect(JSON.parse(await readFile(keyFile, 'utf8'))).toMatchObject({ accessKey })
  expect((await stat(keyFile)).mode & 0o777).toBe(0o600)
  expect((await stat(join(keyFile, '..'))).mode & 0o777).toBe(0o700)
  expect(await callWith(accessKey, url)).toBe('taken')
  expect(await callWith('test', url)).toBe('InvalidClientTokenId')
  running.child.kill('SIGINT')
  expect((await running.ended).exitCode).toBe(0)
  expect(await readdir(join(keyFile, '..'))).toEqual([])
})

test('lambdactl needs no export: the key wins over ambient credentials, and over a profile', async () => {
  const sandbox = await startSandbox()
  const service = await makeService()
  const byVariable = environmentOf(sandbox, service, { AWS_ENDPOINT_URL: sandbox.url, AWS_PROFILE: 'prod' })
  await runTo(0, ['deploy', '-e', 'test'], byVariable)
  const byFlag = environmentOf(sandbox, service)
  const localhost = sandbox.url.replace('127.0.0.1', 'localhost')
  const args = ['status', '-e', 'test', '--endpoint-url', localhost, '--profile', 'prod']
  expect((await runTo(0, args, byFlag)).stdout).toContain('100%')
})

test('without the file, the credentials of the environment are used, and are refused', async () => {
  const sandbox = await startSandbox()
  const service = await makeService()
  const stranger = { ...environmentOf(sandbox, service, { AWS_ENDPOINT_URL: sandbox.url }) }
  stranger.env.HOME = service.folder
  const { stderr } = await runTo(3, ['status', '-e', 'test'], stranger)
  expect(stderr).toContain('UnrecognizedClientException')
})

test('a file that others may write, and the file of a sandbox that was killed, are not used', async () => {
  const sandbox = await startSandbox()
  const service = await makeService()
  const place = environmentOf(sandbox, service, { AWS_ENDPOINT_URL: sandbox.url })
  await chmod(sandbox.keyFile, 0o620)
  expect((await runTo(3, ['status', '-e', 'test'], place)).stderr).toContain('UnrecognizedClientException')
  await chmod(sandbox.keyFile, 0o600)
  await runTo(0, ['status', '-e', 'test'], place)
  await writeFile(sandbox.keyFile, JSON.stringify({ accessKey: sandbox.accessKey, pid: 0x3fffff }))
  await runTo(3, ['status', '-e', 'test'], place)
})

test('where neither a sandbox nor credentials are, it says what to start', async () => {
  const service = await makeService()
  await service.writeEnvironment('endpoint: "http://127.0.0.1:9"')
  const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }
  const place = { cwd: service.folder, env: variables(service.folder, none) }
  for (const args of [['status'], ['rollback', 'hello'], ['logs', 'tail', 'hello', '--no-follow']]) {
    const { stderr } = await runTo(75, args, place)
    expect(stderr).toContain('nothing listens at 127.0.0.1:9')
    expect(stderr).toContain('Is the sandbox running? Start it: lambdactl sandbox start --detach --port 9\n')
  }
})

test('the next sandbox takes away what a killed one left', async () => {
  const killed = await startSandbox()
  killed.running.child.kill('SIGKILL')
  await killed.running.ended
  await readFile(killed.keyFile)
  const place = { cwd: killed.home, env: variables(killed.home) }
  const next = start(['sandbox', 'start', '--port', '0', '--json'], place)
  const [line] = await next.says(/^.*\n/)
  const { port } = new URL((JSON.parse(line) as { url: string }).url)
  expect(await readdir(join(killed.keyFile, '..'))).toEqual([`${port}.credentials`, `${port}.json`])
})

test('--access-key and LAMBDACTL_SANDBOX_ACCESS_KEY fix the key', async () => {
  const home = await temporaryFolder()
  for (const [args, extra] of [
    [['--access-key', 'for-ci_1'], {}],
    [[], { LAMBDACTL_SANDBOX_ACCESS_KEY: 'for-ci_1' }],
  ] as const) {
    const place = { cwd: home, env: variables(home, extra) }
    const running = start(['sandbox', 'start', '--port', '0', '--json', ...args], place)
    const [line] = await running.says(/^.*\n/)
    const { url, accessKey } = JSON.parse(line) as { url: string; accessKey: string }
    expect(accessKey).toBe('for-ci_1')
    expect(await callWith('for-ci_1', url)).toBe('taken')
  }
  const place = { cwd: home, env: variables(home) }
  await runTo(2, ['sandbox', 'start', '--port', '0', '--access-key', 'a/b'], place)
})

test('with no private folder the sandbox says that the keys have to be exported', async () => {
  const home = await temporaryFolder()
  await mkdir(join(home, '.local/state/lambdactl/sandboxes'), { recursive: true, mode: 0o755 })
  const running = start(['sandbox', 'start', '--port', '0'], { cwd: home, env: variables(home) })
  const [said] = await running.says(/^The sandbox is at[^]*role: .*\n/)
  expect(said).toContain('with the two access keys still exported')
})

test('where nothing can be written the sandbox starts all the same, and says so', async () => {
  const home = await temporaryFolder()
  // Every write to a file fails, as on a full disk.
  const shell = ['-c', 'ulimit -f 0; exec "$@"', 'bash', process.execPath, program]
  const running = watched(
    spawn('bash', [...shell, 'sandbox', 'start', '--port', '0'], { cwd: home, env: variables(home) }),
  )
  const [said] = await running.says(/^The sandbox is at[^]*role: .*\n/)
  expect(said).toContain('with the two access keys still exported')
})

test.runIf(process.getuid?.() === 0)('another user neither uses the sandbox nor reads its key', async () => {
  const { home, url, keyFile } = await startSandbox()
  // As far as the folder's own mode goes: what the other user would find in a home that is open to all.
  await chmod(home, 0o755)
  const other = promisify(execFile)('cat', [keyFile], { uid: 12_345, gid: 12_345 })
  await expect(other).rejects.toThrow('Permission denied')
  const call = `fetch(${JSON.stringify(url)}, {method: 'POST', headers: {authorization: 'AWS4-HMAC-SHA256 Credential=' +
    process.argv[1] + '/20261121/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0'}}).then((r) => console.log(r.status))`
  for (const key of ['test', 'sandbox', '']) {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', call, key], {
      uid: 12_345,
      gid: 12_345,
    })
    expect(stdout.trim()).toBe('403')
  }
})

test("a handler reaches the sandbox that runs it, with its role's credentials", async () => {
  const sandbox = await startSandbox()
  const service = await makeService()
  const place = environmentOf(sandbox, service, { AWS_ENDPOINT_URL: sandbox.url })
  await service.writeHandler(`export const handler = async () => {
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SESSION_TOKEN } = process.env
  const authorization = 'AWS4-HMAC-SHA256 Credential=' + AWS_ACCESS_KEY_ID + '/20261121/eu-west-1/ssm/aws4_request, SignedHeaders=host, Signature=0'
  const headers = { authorization, 'x-amz-target': 'AmazonSSM.GetParameter', 'x-amz-security-token': AWS_SESSION_TOKEN }
  const answer = await fetch(AWS_ENDPOINT_URL, { method: 'POST', headers, body: '{"Name": "/none"}' })
  return answer.headers.get('x-amzn-errortype')
}
`)
  await runTo(0, ['deploy', '-e', 'test'], place)
  expect((await run(['invoke', 'hello', '-e', 'test'], place)).stdout).toContain('ParameterNotFound')
})
