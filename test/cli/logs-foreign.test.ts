import { expect, test } from 'vitest'
import { type Place, run, runTo } from './cli.ts'
import { useSandbox } from './sandbox.ts'
import { failing, makeService, temporaryFolder } from './service.ts'

const sandbox = useSandbox()

test('without lambdactl.yaml, logs are read by the name in Lambda and by ARN', async () => {
  const service = await makeService()
  await service.writeHandler(failing)
  const place = await sandbox().deployFirst(service)
  await run(['invoke', 'hello', '-e', 'test', '--payload', '{}'], place)
  const { lambdaName } = service
  const arn = `arn:aws:lambda:eu-west-1:000000000000:function:${lambdaName}`
  const elsewhere: Place = { cwd: await temporaryFolder(), env: { ...place.env, AWS_REGION: 'eu-west-1' } }
  const { AWS_REGION: _, AWS_DEFAULT_REGION: __, ...noRegion } = elsewhere.env
  const asArn: Place = { ...elsewhere, env: noRegion }

  for (const [name, where] of [
    [lambdaName, elsewhere],
    [`${arn}:1`, asArn],
  ] as const) {
    // A handler's stack traces are its own.
    const tailed = await run(['logs', name, '--no-follow'], where)
    expect(tailed.exitCode).toBe(0)
    expect(tailed.stderr).toMatch(/^eu-west-1 · 000000000000 · /)
    expect(tailed.stdout).toContain('REPORT error')
    const requests = await runTo(0, ['logs', 'requests', name, '--errors'], where)
    expect(requests.stdout).toMatch(/ v1 +✖ error .* Error: no price$/m)
    const errors = await runTo(0, ['logs', 'errors', name], where)
    expect(errors.stdout).toMatch(/^ {2}✖ 1 × {2}Error: no price$/m)
    const query = await runTo(0, ['logs', 'query', name, '--saved', 'errors'], where)
    expect(query.stdout).toContain('no price')
  }
  const pattern = await run(['logs', `${lambdaName.slice(0, -5)}*`, '--no-follow'], elsewhere)
  expect(pattern.stdout).toContain('REPORT error')

  for (const command of [['logs'], ['logs', 'errors']]) {
    const unknown = await runTo(4, [...command, 'nobody'], elsewhere)
    expect(unknown.stderr).toContain(
      'There is no function nobody in Lambda here.\n  → For a function of lambdactl.yaml,',
    )
    // An environment is one of a file.
    const noFile = await runTo(2, [...command, 'hello', '-e', 'test'], elsewhere)
    expect(noFile.stderr).toContain('There is no lambdactl.yaml in ')
  }
  const missing = await runTo(4, ['logs', 'requests', lambdaName, '--version', '99'], elsewhere)
  expect(missing.stderr).toContain(`→ See the versions: `)
  expect(missing.stderr).not.toContain('--env')

  // Beside a file, a function of that name in another Region must not be read.
  const wrong = arn.replace('eu-west-1', 'us-east-1')
  for (const command of [['logs'], ['logs', 'requests']]) {
    const refused = await runTo(2, [...command, wrong, '-e', 'test'], place)
    expect(refused.stderr).toContain(
      'The ARN names a function in us-east-1 · 000000000000, and the environment test is in eu-west-1.',
    )
  }
  const inWest = { ...place, env: { ...place.env, LAMBDACTL_REGION: 'us-west-2' } }
  for (const [args, where, here] of [
    [['-e', 'test'], inWest, 'the environment test is in us-west-2'],
    [['--region', 'us-east-1'], elsewhere, 'this command reads in us-east-1'],
    [
      [],
      { ...asArn, env: { ...asArn.env, LAMBDACTL_REGION: 'us-west-2' } },
      'this command reads in us-west-2',
    ],
  ] as const) {
    const refused = await runTo(2, ['logs', 'requests', arn, ...args], where)
    expect(refused.stderr).toContain(`names a function in eu-west-1 · 000000000000, and ${here}`)
  }
  const otherAccount = await run(
    ['logs', 'requests', arn.replace(':000000000000:', ':111111111111:'), '-e', 'test'],
    place,
  )
  expect(otherAccount.stderr).toContain(
    'The ARN is in the account 111111111111, but these credentials are of',
  )

  const byArn = await runTo(0, ['logs', 'requests', `${arn}:1`, '-e', 'test'], place)
  expect(byArn.stdout).toMatch(/^hello {2}/)
})
