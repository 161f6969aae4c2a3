import { expect, test } from 'vitest'
import { ifThere, isWithItself, orRemoved, orThere } from '../../../src/aws/answers/expected-errors.ts'
import { translate } from '../../../src/aws/answers/translate.ts'

/** The error of a call that AWS answers with an error of this name, at this attempt. */
function failed(name: string, attempts = 1): Error {
  return translate(Object.assign(new Error('It broke.'), { name, $metadata: { attempts } }), 'do it')
}

const missing = 'ResourceNotFoundException'
const conflict = 'ResourceConflictException'

test('what does not exist is undefined, and every other error stays', async () => {
  expect(await ifThere(Promise.resolve('there'))).toBe('there')
  expect(await ifThere(Promise.reject(failed(missing)))).toBeUndefined()
  await expect(ifThere(Promise.reject(failed('AccessDeniedException')))).rejects.toMatchObject({
    code: 'NOT_PERMITTED',
  })
})

test('a removal that an earlier attempt made is done; one of what never was there fails', async () => {
  await orRemoved(Promise.reject(failed(missing, 2)))
  await expect(orRemoved(Promise.reject(failed(missing)))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a log group that is there already is made', async () => {
  await orThere(Promise.reject(failed('ResourceAlreadyExistsException')))
  await expect(orThere(Promise.reject(failed(missing)))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a conflict may be with the change itself only where it was tried before', () => {
  expect(isWithItself(failed(conflict, 2))).toBe(true)
  expect(isWithItself(failed(conflict))).toBe(false)
  expect(isWithItself(failed(missing, 2))).toBe(false)
})
