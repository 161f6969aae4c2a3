import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ask } from '../../../src/cli/pipelines/github/ask.ts'
import { deploymentsApi, tellDeployments } from '../../../src/cli/pipelines/github/deployments.ts'
import { tellOutcomes } from '../../../src/cli/pipelines/tell-outcomes.ts'
import { type GithubApi, startGithubApi } from '../../action/github-api.ts'
import { temporaryFolder } from '../service.ts'

const variables = {
  GITHUB_ACTIONS: 'true',
  GITHUB_TOKEN: 'a-token',
  GITHUB_API_URL: 'https://api.github.com',
  GITHUB_REPOSITORY: 'octo/shop',
  GITHUB_SHA: 'e83c516',
}

const hello = { function: 'hello', version: '2', release: 'k3f9q2ab' }

async function tell({ url }: GithubApi, ...outcomes: Parameters<typeof tellDeployments>[1]): Promise<void> {
  const api = deploymentsApi({ ...variables, GITHUB_API_URL: url })
  if (!api) throw new Error('no API')
  await tellDeployments(api, outcomes, 'prod')
}

test.each([
  ['no token', { GITHUB_TOKEN: undefined }],
  ['an address without TLS', { GITHUB_API_URL: 'http://github.example.com' }],
  ['no commit', { GITHUB_SHA: undefined }],
  ['a repository that leaves its path', { GITHUB_REPOSITORY: '../../gists' }],
])('nothing is asked with %s', (_, other) => {
  expect(deploymentsApi(variables)).toMatchObject({
    url: 'https://api.github.com/repos/octo/shop/deployments',
  })
  expect(deploymentsApi({ ...variables, ...other })).toBe(undefined)
})

test('the job that begins a release makes its deployment, and later jobs find it by the release', async () => {
  const api = await startGithubApi()
  await tell(api, { ...hello, outcome: 'waiting', begun: true })
  await tell(api, { ...hello, outcome: 'waiting' }, { ...hello, function: 'other', outcome: 'waiting' })
  await tell(api, { ...hello, outcome: 'rolled-back', notes: ['alarm errors is in ALARM'] })
  expect(api.states).toEqual([
    'prod/hello in_progress: waiting, version 2',
    'prod/hello in_progress: waiting, version 2',
    'prod/hello failure: rolled-back, version 2, alarm errors is in ALARM',
  ])
  expect(api.deployments).toMatchObject([
    { ref: 'e83c516', environment: 'prod/hello', task: 'lambdactl:k3f9q2ab' },
  ])
  expect([...api.tokens]).toEqual(['Bearer a-token'])
})

test('a rollback by hand makes the last deployment of the function inactive', async () => {
  const api = await startGithubApi()
  await tell(api, { ...hello, outcome: 'released', begun: true })
  await tell(
    api,
    { ...hello, outcome: 'rolled-back', version: '1', release: 'm2x7c4de', isByHand: true },
    { function: 'new', outcome: 'rolled-back', isByHand: true },
  )
  expect(api.states.at(-1)).toBe('prod/hello inactive: rolled-back, version 1')
  expect(api.states).toHaveLength(2)
})

test.each(['planned', 'unchanged', 'idle', 'configured'])('%s is no deployment', async (outcome) => {
  const api = await startGithubApi()
  await tell(api, { ...hello, outcome, begun: true })
  expect(api.tokens.size).toBe(0)
})

test('a refusal of GitHub is a warning', async () => {
  const api = await startGithubApi()
  api.refuse(403, 'Resource not accessible by integration')
  const warnings: string[] = []
  const told = { outcomes: [{ ...hello, outcome: 'released', begun: true }], environment: 'prod' }
  await tellOutcomes(told, { ...variables, GITHUB_API_URL: api.url }, (text) => warnings.push(text))
  expect(warnings).toEqual([
    'GitHub was not told of the deployment: 403 Resource not accessible by integration. To tell it, give the job the permission deployments: write, or take GITHUB_TOKEN from its environment.',
  ])
})

test('an API that hangs is left after a while', async () => {
  const api = await startGithubApi()
  api.hang()
  await expect(ask(api.url, 'a-token', undefined, 50)).rejects.toThrow('no answer in 0.05 s')
  api.hang('after its first bytes')
  await expect(ask(api.url, 'a-token', {}, 50)).rejects.toThrow('no answer in 0.05 s')
})

test('a failure of GitHub itself is a warning without advice on permissions', async () => {
  const api = await startGithubApi()
  api.refuse(502, 'Bad gateway')
  const warnings: string[] = []
  const told = { outcomes: [{ ...hello, outcome: 'released', begun: true }], environment: 'prod' }
  await tellOutcomes(told, { ...variables, GITHUB_API_URL: api.url }, (text) => warnings.push(text))
  expect(warnings).toEqual([
    'GitHub was not told of the deployment: 502 Bad gateway. The release itself is as it was told.',
  ])
})

test('a file that can not be written is a warning, and the other files are written', async () => {
  const folder = await temporaryFolder()
  const [output, dotenv] = [join(folder, 'output'), join(folder, 'dotenv')]
  const warnings: string[] = []
  const told = { outcomes: [{ ...hello, outcome: 'released' }], environment: 'prod' }
  const files = {
    GITHUB_ACTIONS: 'true',
    LAMBDACTL_DOTENV: dotenv,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: '/dev/full',
  }
  await tellOutcomes(told, files, (text) => warnings.push(text))
  await tellOutcomes(told, { ...files, LAMBDACTL_DOTENV: '/proc/none/report' }, (text) => warnings.push(text))
  expect(warnings).toEqual([
    expect.stringMatching(/^The outcomes could not be written for the pipeline: ENOSPC/),
    expect.stringMatching(/^The outcomes could not be written for the pipeline: ENOENT.*\/proc\/none/),
    expect.stringMatching(/ENOSPC/),
  ])
  expect((await readFile(output, 'utf8')).match(/^version<</gm)).toHaveLength(2)
  expect(await readFile(dotenv, 'utf8')).toContain('RELEASE_VERSION=2')
})
