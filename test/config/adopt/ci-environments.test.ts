import { expect, test } from 'vitest'
import { ciEnvironments, ciFunctions } from '../../../src/config/adopt/ci-environments.ts'
import { parseConfig } from '../../../src/config/parse.ts'

const here = '{region: eu-west-1, endpoint: "http://127.0.0.1:4510"}'

function chosen(environments: string) {
  const config = parseConfig(
    `service: shop
functions:
  cart: {source: cart, runtime: nodejs24.x, handler: index.handler}
  pay: {source: pay, runtime: nodejs24.x, handler: index.handler}
environments:
  sandbox: ${here}
${environments}`,
    { path: '/shop/lambdactl.yaml' },
  )
  const places = ciEnvironments(config)
  return { ...places, ...ciFunctions(config, places) }
}

test('prod is the protected one, whatever its name and place; the sandbox is left out', () => {
  const { staging, prod } = chosen(
    '  berlin: {region: eu-central-1, protected: true}\n  prod: {region: eu-west-1}',
  )
  expect(prod).toEqual({ name: 'berlin', region: 'eu-central-1', isKnown: true })
  expect(staging).toEqual({ name: 'prod', region: 'eu-west-1', isKnown: true })
})

test('an environment that the file lacks is named all the same', () => {
  const { staging, prod, promoted } = chosen('')
  expect([staging.name, prod.name]).toEqual(['staging', 'prod'])
  expect(staging.isKnown || prod.isKnown).toBe(false)
  expect(promoted).toEqual(['cart', 'pay'])
})

test('a function goes to prod if both environments have it', () => {
  const only = chosen('  staging: {region: eu-west-1, functions: {pay: false}}\n  prod: {region: eu-west-1}')
  expect(only).toMatchObject({ promoted: ['cart'], onlyInProd: ['pay'] })
  const never = chosen('  staging: {region: eu-west-1}\n  prod: {region: eu-west-1, functions: {pay: false}}')
  expect(never).toMatchObject({ promoted: ['cart'], onlyInProd: [] })
})
