import { execFileSync } from 'node:child_process'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { eventsOf, type Place, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { temporaryFolder, writeFiles } from './service.ts'

const sandbox = useSandbox()

let folder = ''
let place: Place
const git = (...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=x', '-c', 'user.email=x@example.org', ...args], {
    encoding: 'utf8',
  }).trim()

/** Two functions, whose variable is that. */
const configuration = (service: string, commit: string) => `service: ${service}
functions:
  api: &api
    source: fn
    runtime: nodejs24.x
    handler: index.handler
    environment: {COMMIT: "${commit}"}
    role: arn:aws:iam::000000000000:role/any
  web: {<<: *api, source: fn2}
environments: {test: {region: eu-west-1}}
`

let count = 0

/** Writes the service, with a name of its own. */
async function write(commit: string) {
  await writeFiles(folder, {
    'lambdactl.yaml': configuration(`dubious${(count += 1)}`, commit),
    'fn/index.mjs': 'export const handler = async () => process.env.COMMIT\n',
    'fn2/index.mjs': 'export const handler = async () => process.env.COMMIT\n',
  })
}

beforeEach(async () => {
  folder = await temporaryFolder()
  place = sandbox().place({ folder })
})

/** A repository with a commit, of a user who is not this one: as a CI's job in a container sees it. */
async function dubious(commit: string) {
  await write(commit)
  git('init', '-q')
  git('add', '-A')
  git('commit', '-qm', 'one')
  execFileSync('chown', ['-R', '1001:121', folder])
}

/** A PATH without git. */
async function withoutGit(): Promise<Place> {
  const programs = join(folder, 'programs')
  await mkdir(programs)
  await symlink(process.execPath, join(programs, 'node'))
  return { ...place, env: { ...place.env, PATH: programs } }
}

const refused = () => `detected dubious ownership in repository at '${folder}'`
const wayOn = () => `git config --global --add safe.directory ${folder}`

describe.skipIf(process.getuid?.() !== 0)(
  'a repository that git refuses (only root may give it to somebody else)',
  () => {
    test('is told in its words where its commit is asked for, with the way on, which leads on', async () => {
      await dubious('${git.sha}')
      const { stderr } = await runTo(2, ['deploy', '-e', 'test'], place)
      expect(stderr).toContain(
        `there is no commit for \${git.sha}: git refused ${folder}: detected dubious ownership in repository at '${folder}'.\n`,
      )
      expect(stderr).toContain(`→ If you trust that repository: ${wayOn()}\n`)
      execFileSync('sh', ['-c', wayOn()], { env: place.env })
      await runTo(0, ['deploy', '-e', 'test'], place)
    })

    test('is a warning where it is not, once for both functions, and the release has no commit', async () => {
      await dubious('none')
      const { stderr } = await runTo(0, ['deploy', '-e', 'test'], place)
      expect(stderr.split('No commit is recorded:')).toHaveLength(2)
      expect(stderr).toContain(`: ${refused()}. If you trust that repository: ${wayOn()}\n`)
      expect((await runTo(0, ['history', 'api', '-e', 'test'], place)).stdout).not.toContain('commit')
      expect((await runTo(0, ['deploy', '-e', 'test'], place)).stderr).not.toContain('No commit is recorded')
    })

    test("has the commit of the CI's job, which is said", async () => {
      await dubious('${git.sha}')
      const sha = 'a1'.repeat(20)
      const env = { ...place.env, CI_COMMIT_SHA: sha, CI_PROJECT_DIR: folder }
      const finished = await run(['deploy', '-e', 'test', '--json'], { ...place, env })
      expect(finished.exitCode).toBe(0)
      const notes = eventsOf(finished).flatMap(({ event, text }) => (event === 'noted' ? [String(text)] : []))
      const said =
        'the recorded commit is that of CI_COMMIT_SHA, and lambdactl does not know whether files differ from it: git refused'
      expect(notes.filter((text) => text.startsWith(said))).toHaveLength(1)
      const { stdout } = await runTo(0, ['history', 'api', '-e', 'test'], place)
      expect(stdout).toContain(`commit ${sha.slice(0, 12)}`)
    })
  },
)

test('without git, that is said', async () => {
  await write('none')
  git('init', '-q')
  const { stderr } = await runTo(0, ['deploy', '-e', 'test'], await withoutGit())
  expect(stderr).toContain(
    'warning: No commit is recorded: git is not installed here. Install git, and make sure that PATH has it.',
  )
})

test('a folder that is in no repository, and one without a commit, are two other sentences', async () => {
  await write('${git.sha}')
  const outside = await runTo(2, ['deploy', '-e', 'test'], place)
  expect(outside.stderr).toContain(`there is no commit for \${git.sha}: ${folder} is in no git repository.`)
  git('init', '-q')
  const empty = await runTo(2, ['deploy', '-e', 'test'], place)
  expect(empty.stderr).toContain(`\${git.sha}: the git repository of ${folder} has no commit.`)
  await write('${git.sha:-none}')
  const released = await runTo(0, ['deploy', '-e', 'test'], place)
  expect(released.stderr.split('no commit is recorded: the git repository')).toHaveLength(2)
})
