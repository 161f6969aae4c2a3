import { describe, expect, test } from 'vitest'
import { resolveFunction } from '../../../src/config/resolve.ts'
import { configFrom, failureOf } from '../config-from.ts'

const role = 'role: arn:aws:iam::123456789012:role/shop'
const uri = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout@sha256:${'a'.repeat(64)}`

function shop(fields: string, prod = '{}') {
  return configFrom(`service: shop
functions:
  checkout:
    ${role}
    ${fields}
environments: {prod: {functions: {checkout: ${prod}}}}
`)
}

const resolved = (fields: string, prod?: string) =>
  resolveFunction(shop(fields, prod), 'prod', 'checkout', {
    variables: { TAG: 'v3', DIGEST: 'b'.repeat(64) },
  })

const node = 'runtime: nodejs24.x\n    handler: index.handler\n    source: src'

describe('a source', () => {
  test('has no build, and takes everything in, unless it is said', () => {
    const fn = resolved(node)
    expect(fn).toMatchObject({ source: '/service/src', bundle: true })
    for (const field of ['image', 'build', 'include', 'requirements']) expect(fn).not.toHaveProperty(field)
  })

  test('is a function in the output of `cdk synth`, which is packaged as it is', () => {
    const fn = resolved(
      'runtime: nodejs24.x\n    handler: index.handler\n    source: "${env}/cdk.out#Prod/Shop/Pay1A2B"',
    )
    const expected = {
      source: '/service/prod/cdk.out',
      part: 'Prod/Shop/Pay1A2B',
      bundle: false,
      requirements: false,
    }
    expect(fn).toMatchObject(expected)
    expect(resolved(`${node}/c#/pay`)).toMatchObject({ source: '/service/src/c#/pay', bundle: true })
    expect(failureOf(() => resolved(`${node}/cdk.out#Shop/Pay\n    bundle: true`)).message).toContain(
      "it can't be used with the output of `cdk synth`",
    )
  })

  test('in the folder of `sam build` is packaged as it is', () => {
    const fn = resolved(node.replace('source: src', 'source: .aws-sam/build/Pay'))
    expect(fn).toMatchObject({ bundle: false, requirements: false })
  })

  test('is built in the folder of the file, for ten minutes at most', () => {
    expect(resolved(`${node}\n    build: [npm, run, "build:\${env}"]`).build).toEqual({
      args: ['npm', 'run', 'build:prod'],
      directory: '/service',
      timeoutMs: 600_000,
    })
    const zip = 'runtime: python3.13\n    handler: app.main\n    source: out/app.zip'
    const build = 'build: {run: [make], timeout: 1m}'
    expect(resolved(`${zip}\n    ${build}`).build).toMatchObject({ directory: '/service', timeoutMs: 60_000 })
  })

  test('is built in another folder where the file says so, and an environment may say another', () => {
    const build = 'build: {run: [make], in: "../${function}/${env}"}'
    expect(resolved(`${node}\n    ${build}`).build?.directory).toBe('/checkout/prod')
    expect(resolved(`${node}\n    ${build}`, '{build: {run: [make, fast]}}').build).toMatchObject({
      args: ['make', 'fast'],
      directory: '/checkout/prod',
    })
    expect(resolved(`${node}\n    ${build}`, '{build: [make]}').build?.directory).toBe('/service')
    expect(failureOf(() => resolved(`${node}\n    build: {run: [make], in: /etc}`)).message).toBe(
      'lambdactl.yaml:8:30 functions.checkout.build.in: expected a path of this project, got /etc, which is private to you or to this machine.',
    )
  })

  test('may be bundled in other ways, and include files beside', () => {
    const fn = resolved(
      `${node}\n    bundle: {format: cjs, sourcemap: true, minify: true, external: [sharp], sdk: bundle}\n    include: ["views/\${function}/"]`,
    )
    expect(fn.bundle).toEqual({
      format: 'cjs',
      sourcemap: true,
      minify: true,
      external: ['sharp'],
      sdk: 'bundle',
    })
    expect(fn.include).toEqual(['views/checkout/'])
  })

  test('may have its requirements elsewhere, or none', () => {
    const python = 'runtime: python3.13\n    handler: app.main\n    source: src'
    expect(resolved(`${python}\n    requirements: prod.txt`).requirements).toBe('prod.txt')
    expect(resolved(`${python}\n    requirements: false`).requirements).toBe(false)
  })
})

describe('an image', () => {
  test('takes the place of source, runtime and handler', () => {
    expect(resolved(`image: ${uri}`)).toMatchObject({
      source: '/service',
      runtime: '',
      handler: '',
      bundle: false,
      image: { uri, command: [], entryPoint: [], workingDirectory: '' },
    })
  })

  test('may be started with other values than its own, and its digest come from a variable', () => {
    const fields = `image:
      uri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:\${env:DIGEST}"
      command: ["app.\${function}"]
      entryPoint: [/lambda-entrypoint.sh]
      workingDirectory: /var/task`
    expect(resolved(fields).image).toEqual({
      uri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${'b'.repeat(64)}`,
      command: ['app.checkout'],
      entryPoint: ['/lambda-entrypoint.sh'],
      workingDirectory: '/var/task',
    })
  })

  test("is another one where the environment's overrides say so", () => {
    const other = uri.replaceAll('a'.repeat(64), 'c'.repeat(64))
    expect(resolved(`image: ${uri}`, `{image: "${other}"}`).image?.uri).toBe(other)
  })

  test('by a tag is refused, and the next step says how to find its digest', () => {
    const tagged = 'image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout:${env:TAG}"'
    const failure = failureOf(() => resolved(tagged))
    expect(failure.message).toBe(
      'lambdactl.yaml:5:12 functions.checkout.image: expected an image in ECR by its digest, as in …/shop@sha256: and 64 hex digits, got "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout:v3".',
    )
    expect(failure.next.at(-1)).toBe(
      "aws ecr describe-images --repository-name shop/checkout --image-ids imageTag=v3 --query 'imageDetails[0].imageDigest'",
    )
  })

  test.each(['shop', `docker.io/shop@sha256:${'a'.repeat(64)}`, uri.slice(0, -1), uri.replace('@', ':v3@')])(
    'such as %s is refused',
    (text) => {
      expect(failureOf(() => resolved(`image: {uri: "${text}"}`)).message).toContain(
        'functions.checkout.image.uri: expected an image in ECR by its digest',
      )
    },
  )
})

test.each([
  [
    'runtime: nodejs24.x\n    handler: index.handler',
    '4:5 functions.checkout.source: expected a folder or a .zip, got nothing.',
  ],
  [
    'source: src',
    'functions.checkout.runtime: expected a Lambda runtime, as in nodejs24.x or python3.13, got nothing.',
  ],
  ...['bundle: true', 'include: [dist/]', 'requirements: prod.txt'].map((field) => [
    `source: dist.zip\n    runtime: python3.13\n    handler: a.b\n    ${field}`,
    `functions.checkout.${field.split(':')[0]}: it can't be used with a .zip, which is uploaded unchanged.`,
  ]),
  [
    `image: ${uri}\n    source: src`,
    "functions.checkout.source: it can't be used with image, which already contains everything.",
  ],
  [
    `image: ${uri}\n    layers: []`,
    "functions.checkout.layers: it can't be used with image, which already contains everything.",
  ],
  [
    `${node}\n    requirements: a.txt`,
    `functions.checkout.requirements: expected none, since requirements are for Python and the runtime is nodejs24.x, got "a.txt".`,
  ],
  [
    `${node}\n    requirements: true`,
    'functions.checkout.requirements: expected false, or a file as in requirements.txt, got true.',
  ],
  [
    `${node}\n    build: npm run build`,
    'functions.checkout.build: expected a list of a program and its arguments, as in [npm, run, build], or a map of run, in and timeout, got "npm run build".',
  ],
  [
    `${node}\n    include: []`,
    'functions.checkout.include: expected a path or a pattern at least, got an empty list.',
  ],
  [
    `${node}\n    bundle: {format: umd}`,
    'functions.checkout.bundle.format: expected one of esm, cjs, got "umd".',
  ],
  [
    `${node}\n    bundle: {sourceMap: true}`,
    'functions.checkout.bundle.sourceMap: there is no such field. Did you mean sourcemap?',
  ],
  [
    'runtime: python3.13\n    handler: a.b\n    source: .\n    bundle: {minify: true}',
    'functions.checkout.bundle: expected false, since only Node runtimes are bundled and the runtime is python3.13, got a map.',
  ],
])('%s is refused', (fields, message) => {
  expect(failureOf(() => shop(fields)).message).toContain(message)
})

test('a function is an image in all environments or in none', () => {
  expect(failureOf(() => shop(node, `{image: "${uri}"}`)).message).toContain(
    'environments.prod.functions.checkout.image: the function has a source elsewhere in this file. Expected an image in all environments, or in none.',
  )
  expect(failureOf(() => shop(`image: ${uri}`, '{runtime: nodejs24.x}')).message).toContain(
    "environments.prod.functions.checkout.runtime: it can't be used with image, which already contains everything.",
  )
})
