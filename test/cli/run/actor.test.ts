import { expect, test } from 'vitest'
import { keepSecret } from '../../../src/cli/output/mask.ts'
import { actorOf } from '../../../src/cli/run/actor.ts'

const github = {
  GITHUB_ACTOR: 'octocat',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_RUN_ID: '42',
}

test.each<[string, NodeJS.ProcessEnv, ReturnType<typeof actorOf>]>([
  ['GitHub', github, { name: 'octocat', url: 'https://github.com/acme/shop/actions/runs/42' }],
  [
    'GitLab',
    { GITLAB_USER_LOGIN: 'ada', CI_JOB_URL: 'https://gitlab.com/acme/shop/-/jobs/7' },
    { name: 'ada', url: 'https://gitlab.com/acme/shop/-/jobs/7' },
  ],
  ['Jenkins', { BUILD_URL: 'https://ci.acme.test/job/shop/7/' }, { url: 'https://ci.acme.test/job/shop/7/' }],
  ['a half of GitHub', { ...github, GITHUB_RUN_ID: '' }, { name: 'octocat' }],
  ['a laptop', { USER: 'ada' }, undefined],
  ['control characters', { GITHUB_ACTOR: 'oc\u001B[31mto\ncat\u202E ' }, { name: 'octo cat' }],
  ['a long name', { GITHUB_ACTOR: 'x'.repeat(500) }, { name: 'x'.repeat(64) }],
  [
    'credentials in the address',
    { BUILD_URL: 'https://me:secret@ci.test/7?token=t#x' },
    { url: 'https://ci.test/7' },
  ],
  ['no address of a page', { BUILD_URL: 'javascript:alert(1)' }, undefined],
  ['an endless address', { BUILD_URL: `https://ci.test/${'7'.repeat(900)}` }, undefined],
])('%s', (_, env, actor) => {
  expect(actorOf(env)).toEqual(actor)
})

test('a secret across the place where a name is cut is masked as a whole', () => {
  keepSecret('hush-hush-hush')
  expect(actorOf({ GITHUB_ACTOR: `${'x'.repeat(57)}hush-hush-hush` })).toEqual({
    name: `${'x'.repeat(57)}***`,
  })
})
