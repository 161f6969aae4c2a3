import { expect, test } from 'vitest'
import { secretNames } from '../../../src/release/values/secret-names.ts'

test.each([
  'API_KEY',
  'apiToken',
  'CLIENT_SECRET',
  'DB_PASSWORD',
  'DB_PASSWD',
  'DB_PWD',
  'pgPass',
  'GOOGLE_CREDENTIALS',
  'BASIC_AUTH',
  'basicAuth',
  'SENTRY_DSN',
  'DATABASE_CONN',
  'CONNECTION_STRING',
  'DB_CONNECTION_STRING',
  'PRIVATE_PEM',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'HTTP_AUTHORIZATION',
  'SQLCONNSTR_main',
  'DBPASS',
  'DBCONN',
  'AWS_CREDS',
  'GITHUB_PAT',
  'SESSION_COOKIE',
  'SERVICE_JWT',
])('%s sounds like a secret', (name) => {
  expect(secretNames([name])).toEqual([name])
})

test.each([
  'PWD',
  'OLDPWD',
  'SSH_AUTH_SOCK',
  'GIT_AUTHOR_NAME',
  'AUTHOR',
  'MAX_CONNECTIONS',
  'SECRET_ARN',
  'SECRET_NAME',
  'KMS_KEY_ID',
  'TOKEN_URL',
  'KEY_FILE',
  'PRIVATE_SUBNET_IDS',
  'PRIVATE_SUBNET_A',
  'COMPASS',
  'COOKIE_DOMAIN',
  'JWT_ISSUER',
  'PATH',
  'PATTERN',
  'TABLE',
])('%s does not', (name) => {
  expect(secretNames([name])).toEqual([])
})
