import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ForeignFunction } from '../adopted.ts'
import { runTo } from '../cli.ts'
import { useSandbox } from '../sandbox.ts'
import { answering, temporaryFolder, writeFiles } from '../service.ts'

const sandbox = useSandbox()

const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Pay:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: sam-pay
      Runtime: nodejs24.x
      Handler: index.handler
      CodeUri: src/
      MemorySize: !Ref Memory
      Environment:
        Variables: { TOKEN: "{{resolve:ssm:/shop/token}}", TABLE: !Ref Table }
      Policies: [AmazonS3ReadOnlyAccess]
      Events: { Tick: { Type: Schedule, Properties: { Schedule: rate(1 day) } } }
`

/** A folder with a template, its code, and the function that SAM made of it. */
async function samProject() {
  const folder = await temporaryFolder()
  await writeFiles(folder, { 'template.yaml': template, 'src/index.mjs': answering('one') })
  return sandbox().place({ folder }, { AWS_REGION: 'eu-west-1' })
}

const written = async (folder: string) => readFile(join(folder, 'lambdactl.yaml'), 'utf8')

test("a SAM template is taken on with its sources, and then by the function's whole configuration", async () => {
  await new ForeignFunction(sandbox(), 'sam-pay').create([{ name: 'index.mjs', content: answering('one') }], {
    MemorySize: 512,
    Environment: { Variables: { TOKEN: 'hush', TABLE: 'orders' } },
  })
  const place = await samProject()
  const init = ['init', '--from', 'template.yaml', '--as', 'Pay', '--env', 'prod']
  const code = await runTo(0, init, place)
  expect(parse(await written(place.cwd))).toMatchObject({
    functions: { Pay: { name: 'sam-pay', source: 'src', bundle: false } },
    environments: { prod: { manages: 'code' } },
  })
  expect(code.stderr).toContain('these triggers go past the alias: template.yaml:15 Events.Tick (Schedule)')
  expect(code.stderr).toContain('AutoPublishCodeSha256: lambdactl #')
  expect(code.stderr).not.toContain('Policies')
  const deployed = await runTo(0, ['deploy', '--env', 'prod'], place)
  expect(deployed.stdout).toContain('Pay: version 1 has 100% of live\n')

  const other = await samProject()
  const whole = await runTo(0, [...init, '--manages', 'function'], other)
  const text = await written(other.cwd)
  expect(parse(text)).toMatchObject({
    functions: {
      Pay: { memory: 512, environment: { TOKEN: '${ssm:/shop/token}', TABLE: 'orders' }, bundle: false },
    },
  })
  expect(text).not.toContain('hush')
  expect(whole.stderr).toContain('template.yaml:14 Policies: ')
  expect(whole.stderr).not.toContain('MemorySize')
})
