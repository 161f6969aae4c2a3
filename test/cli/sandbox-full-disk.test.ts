import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { expectExit, program, type Running, watched } from './cli.ts'
import { clientSettings } from './sandbox.ts'
import { temporaryFolder } from './service.ts'
import { variables } from './variables.ts'

const group = { logGroupName: '/kept' }
const stream = { ...group, logStreamName: 'stream' }
const place = { Bucket: 'kept', Key: 'object' }

async function startSandbox(state: string, home: string, limit = 'unlimited') {
  const line = `ulimit -f ${limit}; exec "$@"`
  const args = ['sandbox', 'start', '--port', '0', '--json', '--access-key', 'test', '--state', state]
  const child: ChildProcessWithoutNullStreams = spawn(
    'bash',
    ['-c', line, 'bash', process.execPath, program, ...args],
    { cwd: home, env: variables(home) },
  )
  const running = watched(child)
  const [ready] = await running.says(/^.*\n/)
  const settings = { ...clientSettings((JSON.parse(ready) as { url: string }).url), maxAttempts: 1 }
  const clients = {
    logs: new CloudWatchLogsClient(settings),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
  }
  onTestFinished(() => {
    for (const client of Object.values(clients)) client.destroy()
  })
  return { running, ...clients }
}
type Started = Awaited<ReturnType<typeof startSandbox>>

const putEvent = ({ logs }: Started, message: string) =>
  logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: Date.now(), message }] }))

/** Puts log events of 100 KB until one is refused. @returns how many were acknowledged, and the refusal */
async function fillUp(sandbox: Started): Promise<{ acknowledged: number; refusal: unknown }> {
  for (let acknowledged = 0; acknowledged < 200; acknowledged++) {
    try {
      await putEvent(sandbox, `${acknowledged} `.padEnd(100_000, '.'))
    } catch (refusal) {
      return { acknowledged, refusal }
    }
  }
  throw new Error('the disk took 20 MB')
}

async function numbersOf({ logs }: Started): Promise<number[]> {
  const numbers: number[] = []
  let nextToken: string | undefined
  do {
    const page = await logs.send(new FilterLogEventsCommand({ ...group, nextToken }))
    numbers.push(...(page.events ?? []).map(({ message = '' }) => Number.parseInt(message, 10)))
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return numbers
}

const full = (reason: RegExp) => ({
  message: expect.stringMatching(reason) as string,
  $metadata: { httpStatusCode: 507 },
})

async function stop({ running }: { running: Running }): Promise<void> {
  running.child.kill('SIGINT')
  const finished = await running.ended
  expectExit(finished, 0)
  const said = finished.stderr.split('\n').filter((line) => line.startsWith('The sandbox cannot write'))
  expect(said).toHaveLength(1)
}

/** Fills a disk, and looks at what a sandbox says and holds while it is full, and after a restart with room. */
async function fillDisk(state: string, limit: string | undefined, makeRoom: () => void): Promise<number[]> {
  const home = await temporaryFolder()
  const sandbox = await startSandbox(state, home, limit)
  await sandbox.logs.send(new CreateLogGroupCommand(group))
  await sandbox.logs.send(new CreateLogStreamCommand(stream))
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const
  await sandbox.s3.send(new CreateBucketCommand({ Bucket: 'kept', CreateBucketConfiguration }))
  const { acknowledged, refusal } = await fillUp(sandbox)
  expect(refusal).toMatchObject(full(/the disk (?:is full|fails or is full)/))
  const numbers = Array.from({ length: acknowledged }, (_, index) => index)
  expect(await numbersOf(sandbox)).toEqual(numbers)
  const Body = Buffer.alloc(4_000_000)
  await expect(sandbox.s3.send(new PutObjectCommand({ ...place, Body }))).rejects.toMatchObject(
    full(/the disk is full|the limit of the size of files is reached/),
  )
  await expect(sandbox.s3.send(new GetObjectCommand(place))).rejects.toMatchObject({ name: 'NoSuchKey' })
  await stop(sandbox)
  makeRoom()
  const next = await startSandbox(state, home)
  expect(await numbersOf(next)).toEqual(numbers)
  await putEvent(next, 'room again')
  const { logGroups } = await next.logs.send(new DescribeLogGroupsCommand({}))
  expect(logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(['/kept'])
  return numbers
}

test.runIf(process.platform !== 'win32')(
  'files that may not grow are said as a full disk: reads go on, and nothing refused is there',
  async () => {
    // In blocks of 1 KB; macOS counts 512 bytes.
    const kept = await fillDisk(join(await temporaryFolder(), 'state'), '1000', () => undefined)
    expect(kept).not.toEqual([])
  },
)

test('a full disk is said as one: reads go on, and nothing refused is there', async ({ skip }) => {
  const disk = join(await temporaryFolder(), 'disk')
  await mkdir(disk)
  const mount = (...options: string[]) => spawnSync('mount', [...options, disk], { encoding: 'utf8' })
  const made = mount('-t', 'tmpfs', '-o', 'size=3m,mode=0700', 'tmpfs')
  skip(made.status !== 0, `no file system can be mounted here: ${made.error?.message ?? made.stderr}`)
  onTestFinished(() => void spawnSync('umount', ['-l', disk]))
  const kept = await fillDisk(join(disk, 'state'), undefined, () => mount('-o', 'remount,size=30m'))
  expect(kept).not.toEqual([])
})
