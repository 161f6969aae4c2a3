import { expect, test } from 'vitest'
import { LambdactlError } from '../../../src/errors/error.ts'
import { orRefused } from '../../../src/workflows/doctor/examined.ts'

const config = { name: 'lambdactl.yaml', command: (verb: string) => verb, status: 'status' }

test('a refused call is a finding of doctor; a bug or an interrupt ends the command', async () => {
  const failing = (thrown: Error) =>
    orRefused({ config }, 'alias', async () => {
      throw thrown
    })
  const refused = new LambdactlError('NOT_PERMITTED', 'AWS refused it')
  expect(await failing(refused)).toMatchObject({ outcome: 'warn', detail: 'AWS refused it' })
  await expect(failing(new TypeError('x is undefined'))).rejects.toThrow('x is undefined')
  await expect(failing(new LambdactlError('INTERRUPTED', 'Stopped'))).rejects.toThrow('Stopped')
})
