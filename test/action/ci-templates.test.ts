import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { expectExit, type Finished, run, runTo } from '../cli/cli.ts'
import { useSandbox } from '../cli/sandbox.ts'
import { temporaryFolder } from '../cli/service.ts'
import { type CiRepository, makeRepository, tickUntil } from './ci-repository.ts'
import { startGithubApi } from './github-api.ts'
import { githubVariables, readWorkflow, runJob } from './github-jobs.ts'
import { gitlabVariables, readJobs, runGitlabJob, wholeJob } from './gitlab-jobs.ts'

const sandbox = useSandbox()

/** The events that a pipeline answers. */
interface Pipeline {
  propose: () => Promise<Finished>
  push: () => Promise<Finished>
  promote: () => Promise<Finished>
  tick: () => Promise<Finished>
  rollBack: (reason: string, version?: string) => Promise<Finished>
}

/** A change on its way, as the files of `init --ci` carry it out. */
async function carryOut({ writeHandler, nameIn, alarm }: CiRepository, pipeline: Pipeline): Promise<void> {
  const prod = () => sandbox().alias(nameIn('prod'))
  const succeeds = async (job: Promise<Finished>) => {
    const { exitCode, stdout, stderr } = await job
    expect(exitCode, `${stdout}\n${stderr}`).toBe(0)
  }
  await succeeds(pipeline.push())
  await sandbox().expectAlias(nameIn('staging'), '1')
  await succeeds(pipeline.promote())
  await sandbox().expectAlias(nameIn('prod'), '1')
  await succeeds(pipeline.tick())

  await writeHandler('two')
  await succeeds(pipeline.propose())
  await succeeds(pipeline.push())
  // The package of staging goes on, whatever the folder holds by then.
  await writeHandler('never released')
  await succeeds(pipeline.promote())
  expect((await prod()).weights).toEqual({ 2: 0.5 })
  await tickUntil('2', pipeline.tick, prod)
  await succeeds(pipeline.rollBack('$(touch hacked) "guests" fail'))
  const { description } = await sandbox().expectAlias(nameIn('prod'), '1')
  expect(description).toContain('$(touch hacked) "guests" fail')
  await succeeds(pipeline.rollBack('all is well', '2'))
  await sandbox().expectAlias(nameIn('prod'), '2')

  await writeHandler('three')
  await succeeds(pipeline.push())
  await succeeds(pipeline.promote())
  expect((await prod()).weights).toEqual({ 3: 0.5 })
  await sandbox().setAlarm(alarm, 'ALARM')
  expect(await pipeline.tick()).toMatchObject({ exitCode: 1 })
  await sandbox().expectAlias(nameIn('prod'), '2')
}

test("the workflows of init --ci github do what they say, by GitHub's variables", {
  timeout: 300_000,
}, async () => {
  const repository = await makeRepository(sandbox(), 'github')
  const temporary = join(repository.root, 'runner')
  await mkdir(temporary)
  const { place } = repository
  const api = await startGithubApi()
  const runner = { ...githubVariables(repository.root, temporary), GITHUB_API_URL: api.url }
  const on = { ...place, env: { ...place.env, ...runner } }
  const job = async (file: string, name: string, expressions = {}) =>
    runJob(await readWorkflow(repository.root, `lambdactl-${file}.yml`), name, on, {
      'github.token': 'a-token',
      'github.event.number': '7',
      ...expressions,
    })
  await carryOut(repository, {
    propose: () => job('diff', 'diff'),
    push: () => job('release', 'staging'),
    promote: () => job('release', 'promote'),
    tick: () => job('tick', 'tick'),
    rollBack: (reason, version = '') =>
      job('rollback', 'rollback', {
        'inputs.function': 'hello',
        'inputs.reason': reason,
        'inputs.to': version,
      }),
  })
  expect(api.states.filter((state, index) => state !== api.states[index - 1])).toEqual([
    'staging/hello success: released, version 1',
    'prod/hello success: released, version 1',
    'staging/hello success: released, version 2',
    'prod/hello in_progress: waiting, version 2',
    'prod/hello success: released, version 2',
    'prod/hello inactive: rolled-back, version 1',
    'prod/hello success: rolled-back, version 2',
    'staging/hello success: released, version 3',
    'prod/hello in_progress: waiting, version 3',
    expect.stringMatching(/^prod\/hello failure: rolled-back, version 2, .* is in ALARM/),
  ])
  expect(await repository.read('runner/diff.md')).toContain(
    '| hello | 1 file changed against version 1 of live |',
  )
  expect((await repository.read('runner/gh-calls')).trim().split('\n').at(-1)).toBe(
    `api --silent repos/octo/shop/issues/7/comments --field body=@${temporary}/diff.md`,
  )
  await writeFile(join(temporary, 'gh-comment'), '77\n')
  expect(await job('diff', 'diff')).toMatchObject({ exitCode: 0 })
  expect((await repository.read('runner/gh-calls')).trim().split('\n').at(-1)).toBe(
    `api --silent --method PATCH repos/octo/shop/issues/comments/77 --field body=@${temporary}/diff.md`,
  )
})

test('each action of the workflows is pinned, and the approval is before prod', async () => {
  const { root } = await makeRepository(sandbox(), 'github')
  const workflows = await Promise.all(
    ['diff', 'release', 'tick', 'rollback'].map((name) => readWorkflow(root, `lambdactl-${name}.yml`)),
  )
  const uses = workflows.flatMap(({ jobs }) =>
    Object.values(jobs).flatMap(({ steps }) => steps.map((each) => each.uses ?? [])),
  )
  for (const action of uses.flat()) expect(action).toMatch(/@(?:v\d+|[0-9a-f]{40})$/)
  const scripts = workflows.flatMap(({ jobs }) =>
    Object.values(jobs).flatMap(({ steps }) => steps.map(({ run: text = '' }) => text)),
  )
  // An expression in a script would be code.
  expect(scripts.filter((text) => text.includes('${{'))).toEqual([])
  expect(workflows[1]?.jobs).toMatchObject({
    staging: { environment: 'staging' },
    promote: { needs: 'staging', environment: 'prod' },
  })
})

test("the jobs of init --ci gitlab do what they say, by GitLab's variables", {
  timeout: 300_000,
}, async () => {
  const repository = await makeRepository(sandbox(), 'gitlab')
  const { root, place } = repository
  const requests: string[] = []
  // GitLab's API: from the third request on it has two notes, the second of them of an earlier job.
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += part))
    request.on('end', () => {
      const [first = ''] = new URLSearchParams(body).get('body')?.split('\n') ?? []
      requests.push(`${request.method} ${request.url} ${String(request.headers['private-token'])} ${first}`)
      const notes =
        requests.length > 2
          ? [
              { id: 5, body: 'mine' },
              { id: 6, body: '<!-- lambdactl diff prod -->' },
            ]
          : []
      response.end(JSON.stringify(notes))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const jobs = await readJobs(root)
  const job = (name: string, more = {}) =>
    runGitlabJob(jobs, `lambdactl ${name}`, {
      ...place,
      env: { ...place.env, ...gitlabVariables(root, api), ...more },
    })
  const diff = () => job('diff', { COMMENT_TOKEN: 'a-secret' })
  await carryOut(repository, {
    propose: diff,
    push: () => job('staging'),
    promote: () => job('promote'),
    tick: () => job('tick'),
    rollBack: (reason, version) =>
      job('rollback', { FUNCTION: 'hello', REASON: reason, ...(version && { VERSION: version }) }),
  })
  expect(await repository.read('lambdactl.env')).toMatch(
    /^RELEASE_OUTCOME=rolled-back\nRELEASE_VERSION=2\nRELEASE_PREVIOUS=3\nRELEASE_ID=\w{8}\n$/,
  )
  expect(await diff()).toMatchObject({ exitCode: 0 })
  const notes = '/projects/12/merge_requests/7/notes'
  expect(requests).toEqual([
    `GET ${notes}?per_page=100 a-secret `,
    `POST ${notes} a-secret <!-- lambdactl diff prod -->`,
    `GET ${notes}?per_page=100 a-secret `,
    `PUT ${notes}/6 a-secret <!-- lambdactl diff prod -->`,
  ])
  expect(wholeJob(jobs, 'lambdactl promote')).toMatchObject({
    environment: 'prod',
    rules: [{ when: 'manual' }],
  })
})

test('init --ci writes over nothing that differs without --force', async () => {
  const { root, place, read } = await makeRepository(sandbox(), 'gitlab')
  const shop = { ...place, cwd: join(root, 'services', 'shop') }
  expect(await read('.gitlab-ci.yml')).toContain('local: .gitlab/lambdactl.yml')
  const same = await runTo(0, ['init', '--ci', 'gitlab'], shop)
  expect(same.stdout).toBe('nothing to write: the pipeline is there, and the same\n')
  const document = await runTo(0, ['init', '--ci', 'gitlab', '--json'], shop)
  expect(JSON.parse(document.stdout)).toMatchObject({ schemaVersion: 1, root, files: [] })
  await writeFile(join(root, '.gitlab/lambdactl.yml'), '# mine\n')
  await writeFile(join(root, '.gitlab-ci.yml'), '# mine\n')
  const refused = await run(['init', '--ci', 'gitlab'], shop)
  expectExit(refused, 2)
  expect(refused.stderr).toContain('.gitlab/lambdactl.yml is in ')
  expect(await read('.gitlab/lambdactl.yml')).toBe('# mine\n')
  const forced = await runTo(0, ['init', '--ci', 'gitlab', '--force'], shop)
  expect(forced.stdout).toBe('wrote ../../.gitlab/lambdactl.yml\n')
  expect(forced.stderr).toContain('Add to .gitlab-ci.yml: include: ')
  expect(await read('.gitlab-ci.yml')).toBe('# mine\n')
})

test('init --ci needs a lambdactl.yaml, and a path that a pipeline can name', async () => {
  const folder = await temporaryFolder()
  const empty = await run(['init', '--ci', 'github'], sandbox().place({ folder }))
  expectExit(empty, 2)
  const { root, place } = await makeRepository(sandbox(), 'github')
  const odd = join(root, 'my shop')
  await mkdir(odd)
  await writeFile(join(odd, 'lambdactl.yaml'), 'service: a\nfunctions: {}\nenvironments: {}\n')
  const refused = await run(['init', '--ci', 'github'], { ...place, cwd: odd })
  expectExit(refused, 2)
  expect(refused.stderr).toContain(`A pipeline can't name the folder "my shop"`)
  await rm(odd, { recursive: true })
})
